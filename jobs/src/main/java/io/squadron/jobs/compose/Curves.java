package io.squadron.jobs.compose;

import io.squadron.driver.tensorboard.TensorBoard;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.jobs.config.JobConfig;
import io.squadron.storage.Storage;
import java.time.InstantSource;
import java.util.Optional;

/** The event files of a run, if it is to have some ({@code report.tensorboard}). */
record Curves(Optional<TensorBoard> board) implements TrainingListener, AutoCloseable {
    static Curves of(JobConfig config, Storage storage) {
        return new Curves(
                config.report().tensorboard()
                        ? Optional.of(new TensorBoard(storage, config.run(), InstantSource.system()))
                        : Optional.empty());
    }

    @Override
    public void on(TrainingEvent event) {
        board.ifPresent(each -> each.on(event));
    }

    @Override
    public void close() {
        board.ifPresent(TensorBoard::close);
    }
}
