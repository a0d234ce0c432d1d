package io.squadron.jobs.bench.sync;

import io.squadron.failure.Failure;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.image.synthetic.Domain;
import io.squadron.image.synthetic.Scenes;
import io.squadron.jobs.bench.sync.SyncAnswer.Round;
import io.squadron.jobs.bench.sync.SyncAnswer.Sums;
import io.squadron.model.Architectures;
import io.squadron.model.ModelOptions;
import io.squadron.model.Shape;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures all arms in turn, on the same images. */
public final class SyncBench {
    private static final int VALIDATION = 6;

    private final SyncQuestion question;
    private final Path home;
    private final Consumer<String> progress;

    /**
     * @param home where the script {@code squadron} lies
     * @param progress hears what goes on
     */
    public SyncBench(SyncQuestion question, Path home, Consumer<String> progress) {
        this.question = question;
        this.home = home;
        this.progress = progress;
        if (!Files.isExecutable(home.resolve("squadron"))) {
            throw Failure.usage(
                    "Cannot bench: there is no script squadron in %s (expected it there). Start it as ./squadron bench sync",
                    home);
        }
    }

    /** Everything it writes lies in {@code work}, a new folder. */
    public SyncAnswer run(Storage storage, Path work) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        try {
            progress.accept("a sum of the weights of " + question.architecture() + ", between two processes");
            int length = weights();
            Sums sums = SumsBench.run(length);
            ArmRun runs = new ArmRun(question, home, work);
            prepare(storage, runs, work);
            Map<Arm, List<Round>> rounds = new LinkedHashMap<>();
            for (int turn = 0; turn < question.turns(); turn++) {
                for (Arm arm : Arm.all()) {
                    progress.accept("turn %d of %d: %s".formatted(turn + 1, question.turns(), arm.name()));
                    rounds.computeIfAbsent(arm, fresh -> new ArrayList<>())
                            .addAll(runs.run(arm, "run-%d-%d".formatted(turn, rounds.size())));
                }
            }
            return new SyncAnswer(question, load, sums, rounds);
        } catch (IOException e) {
            throw Failure.resources("Cannot bench in %s: %s", work, e).causedBy(e);
        }
    }

    private int weights() {
        Shape input = new Shape(Image.CHANNELS, question.size(), question.size());
        return Architectures.build(
                        question.architecture(),
                        ModelOptions.of(input, Scenes.classes().size()))
                .layout()
                .length();
    }

    private void prepare(Storage storage, ArmRun runs, Path work) throws IOException {
        String images = work.resolve("images").toUri().toString();
        Scenes scenes = new Scenes(1, Domain.SUNNY, question.size());
        draw(storage, scenes, images + "/train", 0, question.samples());
        draw(storage, scenes, images + "/validation", question.samples(), VALIDATION);
        runs.squadron(
                List.of(
                        "prepare",
                        "--from",
                        images,
                        "--out",
                        work.resolve("dataset").toUri().toString()),
                List.of(),
                work.resolve("prepare.log"));
    }

    private static void draw(Storage storage, Scenes scenes, String folder, int first, int count) {
        List<String> classes = Scenes.classes();
        for (int i = first; i < first + count; i++) {
            int label = i % classes.size();
            String name = "%s/%05d.png".formatted(classes.get(label), i);
            storage.publish(Storage.child(folder, name), Encoder.png(scenes.draw(label, i)));
        }
    }
}
