package io.squadron.driver.training;

import io.squadron.engine.StepResult;
import io.squadron.replica.RankReport;
import io.squadron.replica.RoundTask;
import java.util.ArrayList;
import java.util.List;

/** Passes rounds on to another runner and notes what every step of every rank reported. */
final class LossRecorder implements RoundRunner {
    private final RoundRunner runner;
    private final List<Double> losses = new ArrayList<>();
    private final List<Long> hashes = new ArrayList<>();

    LossRecorder(RoundRunner runner) {
        this.runner = runner;
    }

    @Override
    public RoundResult run(RoundTask task) {
        RoundResult result = runner.run(task);
        if (result instanceof RoundResult.Done done) {
            for (int step = 0; step < task.steps().size(); step++) {
                StepResult total = StepResult.empty();
                for (RankReport report : done.reports()) {
                    total = total.merge(report.series().at(step));
                }
                losses.add(total.lossSum() / total.samples());
            }
            hashes.add(done.reports().get(0).stateHash());
        }
        return result;
    }

    /** Mean loss of each step over the global batch. */
    List<Double> losses() {
        return losses;
    }

    /** Hash of the state after each round. */
    List<Long> hashes() {
        return hashes;
    }

    @Override
    public void close() {
        runner.close();
    }
}
