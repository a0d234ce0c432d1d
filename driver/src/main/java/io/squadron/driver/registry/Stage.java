package io.squadron.driver.registry;

import java.util.List;
import java.util.Map;

/** What a stage of a night leaves: one file, committed whole. A night that is started again goes on behind the last one. */
public sealed interface Stage {
    /**
     * The night has begun.
     *
     * @param at ISO 8601, UTC
     * @param version of Squadron
     * @param champion id of the model that is promoted; empty: none
     * @param configuration as it was resolved, JSON
     */
    record Begun(String id, String at, String version, String champion, String configuration) implements Stage {}

    /**
     * There is something new, and it is fit to train on.
     *
     * @param dataset URI of the new version
     * @param sourceKey names what the source held
     * @param fresh samples that the version before has not
     * @param damaged images among the new ones that were left out
     */
    record Delivered(
            String dataset,
            String fingerprint,
            String sourceKey,
            int samples,
            int fresh,
            int damaged,
            List<String> classes)
            implements Stage {
        public Delivered {
            classes = List.copyOf(classes);
        }
    }

    /**
     * A challenger has been trained.
     *
     * @param model URI of its file
     * @param sha256 that {@link io.squadron.exchange.PortableModel#hash} gives
     * @param run URI of the run
     * @param provenance as the model has it
     */
    record Trained(String model, String sha256, String run, Map<String, String> provenance) implements Stage {
        public Trained {
            provenance = Map.copyOf(provenance);
        }
    }

    /** It has been held against the champion. */
    record Compared(Comparison comparison) implements Stage {}

    /**
     * The night is over.
     *
     * @param exitCode of the process
     * @param at ISO 8601, UTC
     */
    record Ended(Outcome outcome, int exitCode, String message, String at) implements Stage {}

    /** How a night ends. */
    enum Outcome {
        PROMOTED(0),
        REJECTED(11),
        NOTHING_TO_DO(10),
        /** It broke off, by a bad delivery or by other trouble; the same id goes on with it. */
        FAILED(1);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        /** Of the process; a failure has that of its kind. */
        public int exitCode() {
            return exitCode;
        }

        /** Whether the night is over for good. */
        public boolean isFinal() {
            return this != FAILED;
        }
    }
}
