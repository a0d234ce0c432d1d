package io.squadron.jobs.compose;

import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.evaluation.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the tally of the last evaluation of a run. */
final class LastEvaluation implements TrainingListener {
    private final List<Tally> tallies = new ArrayList<>(1);

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Evaluated evaluated) {
            tallies.clear();
            tallies.add(evaluated.tally());
        }
    }

    Optional<Tally> tally() {
        return tallies.stream().findFirst();
    }
}
