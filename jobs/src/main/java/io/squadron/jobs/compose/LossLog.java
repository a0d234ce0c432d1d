package io.squadron.jobs.compose;

import io.squadron.driver.training.TrainingEvent;
import io.squadron.driver.training.TrainingListener;
import io.squadron.engine.StepResult;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import io.squadron.storage.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The loss of every step of a run, one small file a round below {@code losses/}: a round that is taken again after a resume
 * writes over its own. Lines are {@code step,loss,samples}; the loss is the mean over the global batch, in nats, with all
 * its digits.
 *
 * @param directory URI of {@code losses}
 */
record LossLog(Storage storage, String directory) implements TrainingListener {
    private static final String HEADER = "step,loss,samples";

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepLosses losses) {
            StringBuilder text = new StringBuilder(HEADER).append('\n');
            for (int i = 0; i < losses.series().steps(); i++) {
                StepResult step = losses.series().at(i);
                text.append(losses.firstStep() + i)
                        .append(',')
                        .append(step.lossSum() / step.samples())
                        .append(',')
                        .append(step.samples())
                        .append('\n');
            }
            storage.replace(
                    Storage.child(directory, "round-%06d.csv".formatted(losses.round())),
                    text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Losses by step, of the steps before {@code end}; none of a run that kept none. */
    NavigableMap<Long, Double> read(long end) {
        NavigableMap<Long, Double> losses = new TreeMap<>();
        if (!storage.exists(directory)) {
            return losses;
        }
        for (String file : files()) {
            String text = new String(storage.read(file), StandardCharsets.UTF_8);
            text.lines().skip(1).forEach(line -> add(losses, line, file));
        }
        return new TreeMap<>(losses.headMap(end, false));
    }

    private List<String> files() {
        return storage.list(directory).stream()
                .map(StoredFile::uri)
                .filter(file -> file.endsWith(".csv"))
                .sorted()
                .toList();
    }

    private static void add(NavigableMap<Long, Double> losses, String line, String file) {
        String[] parts = line.split(",", -1);
        try {
            losses.put(Long.parseLong(parts[0]), Double.parseDouble(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
            throw Failure.state("Cannot read %s: '%s' (expected %s)", file, line, HEADER)
                    .causedBy(damaged);
        }
    }
}
