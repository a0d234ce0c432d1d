package io.squadron.replica;

import java.io.Serializable;
import java.util.List;

/**
 * Everything about a run that does not change from round to round; sent to each executor once.
 *
 * @param run identity of the run: what an executor keeps between rounds is kept under this name
 * @param placement where it computes and where it keeps its files
 * @param phases of the run in their order, the first from step 0; a round lies in one of them
 */
public record TrainingJob(
        String run,
        Network network,
        Learning learning,
        Synchronisation sync,
        Feeding feeding,
        Placement placement,
        List<Phase> phases)
        implements Serializable {
    public TrainingJob {
        phases = List.copyOf(phases);
        long last = -1;
        for (Phase phase : phases) {
            if (phase.from() <= last) {
                throw new IllegalArgumentException(
                        "Cannot begin a phase at step %d after one at step %d".formatted(phase.from(), last));
            }
            last = phase.from();
        }
        if (phases.isEmpty() || phases.get(0).from() != 0) {
            throw new IllegalArgumentException("Cannot train without a phase that begins at step 0");
        }
    }

    /** A run of one phase: what network, learning and feeding say holds from its first step to its last. */
    public TrainingJob(
            String run,
            Network network,
            Learning learning,
            Synchronisation sync,
            Feeding feeding,
            Placement placement) {
        this(run, network, learning, sync, feeding, placement, List.of(Phase.whole(network, learning, feeding)));
    }

    public TrainingJob withPhases(List<Phase> others) {
        return new TrainingJob(run, network, learning, sync, feeding, placement, others);
    }

    /** The phase that {@code step} belongs to. */
    public Phase phaseAt(long step) {
        Phase found = phases.get(0);
        for (Phase phase : phases) {
            found = phase.from() <= step ? phase : found;
        }
        return found;
    }

    /** Whether {@code step} is the first with which something else is trained than before. */
    boolean retargets(long step) {
        return step > 0
                && phaseAt(step).from() == step
                && !phaseAt(step).groups().equals(phaseAt(step - 1).groups());
    }
}
