package io.squadron.jobs.bench;

import io.squadron.failure.Failure;
import java.util.List;

/** What was measured, for every batch and variant of a question. */
public record StepAnswer(StepQuestion question, Surroundings surroundings, List<Row> rows) {
    public StepAnswer {
        rows = List.copyOf(rows);
    }

    List<Row.Measured> measured() {
        return rows.stream()
                .filter(Row.Measured.class::isInstance)
                .map(Row.Measured.class::cast)
                .toList();
    }

    /** Fails if nothing could be measured. */
    public void requireSomething() {
        if (measured().isEmpty()) {
            throw Failure.usage(
                    "Cannot bench a step of %s: none of %d variants can be computed here. See the reasons above",
                    question.subject().architecture(), rows.size());
        }
    }
}
