package io.squadron.jobs.bench;

import io.squadron.engine.Engine;
import io.squadron.engine.Engines;
import io.squadron.failure.Failure;
import io.squadron.model.ModelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Measures all variants, batch size by batch size. */
public final class StepBench {
    /** Whether each variant also runs in a process of its own, to see how much memory it takes. */
    public enum Memory {
        SHARED,
        OWN_PROCESS
    }

    private final StepQuestion question;
    private final Memory memory;
    private final Consumer<String> progress;
    private final ModelSpec spec;
    private final Map<String, Engine> engines = new HashMap<>();

    /**
     * Fails where engine or architecture are unknown, or the images do not fit.
     *
     * @param progress hears what goes on
     */
    public StepBench(StepQuestion question, Memory memory, Consumer<String> progress) {
        for (Variant variant : question.variants()) {
            engines.computeIfAbsent(variant.engine(), Engines::named);
        }
        this.question = question;
        this.memory = memory;
        this.progress = progress;
        this.spec = question.subject().spec();
    }

    /** Measures; a variant that cannot be computed here becomes a row that says why. */
    public StepAnswer run() {
        Surroundings surroundings = Surroundings.here();
        List<Row> rows = new ArrayList<>();
        List<Row.Refused> refused = new ArrayList<>();
        List<Variant> variants = resolved(refused);
        for (int count : question.batches()) {
            refused.forEach(row -> rows.add(new Row.Refused(row.variant(), count, row.why())));
            if (!variants.isEmpty()) {
                rows.addAll(rows(variants, count));
            }
        }
        return new StepAnswer(question, surroundings, rows);
    }

    /** What the variants come to, each once; those that cannot be are put on {@code refused}. */
    private List<Variant> resolved(List<Row.Refused> refused) {
        Set<Variant> variants = new LinkedHashSet<>();
        for (Variant variant : question.variants()) {
            try {
                variants.add(variant.by(engines.get(variant.engine())));
            } catch (Failure e) {
                refused.add(new Row.Refused(variant, 0, e.getMessage()));
            }
        }
        return List.copyOf(variants);
    }

    private List<Row> rows(List<Variant> variants, int count) {
        Map<Variant, Row.Peak> peaks = peaks(variants, count);
        progress.accept("batch %d: %d variants take turns, %d + %d times"
                .formatted(count, variants.size(), question.warmup(), question.steps()));
        try (Contest contest = new Contest(question.subject(), spec, variants, count)) {
            contest.run(question.warmup(), question.steps());
            List<Row> rows = new ArrayList<>(contest.refused());
            for (Row.Measured row : contest.measured()) {
                Optional<Row.Peak> peak = Optional.ofNullable(peaks.get(row.variant()));
                rows.add(peak.or(() -> own(variants)).map(row::with).orElse(row));
            }
            return rows;
        }
    }

    /** Of this process, if it computes one variant alone. */
    private Optional<Row.Peak> own(List<Variant> variants) {
        boolean alone = variants.size() == 1 && question.batches().size() == 1;
        return alone ? Optional.of(Surroundings.peak()) : Optional.empty();
    }

    private Map<Variant, Row.Peak> peaks(List<Variant> variants, int count) {
        Map<Variant, Row.Peak> peaks = new HashMap<>();
        if (memory == Memory.OWN_PROCESS) {
            OwnProcess process = new OwnProcess(question.subject(), spec);
            for (Variant variant : variants) {
                progress.accept("batch %d: %s in a process of its own".formatted(count, variant));
                process.peak(variant, count).ifPresent(peak -> peaks.put(variant, peak));
            }
        }
        return peaks;
    }
}
