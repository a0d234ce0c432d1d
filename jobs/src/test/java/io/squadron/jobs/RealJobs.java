package io.squadron.jobs;

import io.squadron.image.Encoder;
import io.squadron.image.synthetic.Scenes;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real jobs on a Spark of two slots inside this JVM, and a trial for them that takes seconds. */
public final class RealJobs {
    static {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
        System.setProperty("spark.sql.shuffle.partitions", "2");
    }

    /** Two epochs of some steps of the smallest network on the smallest images, a checkpoint after each epoch. */
    private static final List<String> SMALL = List.of(
            "input.size=32",
            "input.resize=32",
            "augment.crop=padded",
            "training.engine=dl4j",
            "model.initialisation=he-normal-fan-in",
            "optimiser.learning-rate=0.001",
            // The last batch has two samples, which batch norm on 1 x 1 pixels answers with gradients of any size.
            "optimiser.clip-norm=1",
            "training.epochs=2",
            "training.global-batch=8",
            "evaluation.worst=2",
            "report.examples=1",
            "prepare.validation-share=0.2");

    private RealJobs() {}

    /** Runs one command line as {@code main} does; progress and errors are both in {@link Terminal#err()}. */
    static Terminal run(String... arguments) {
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Jobs jobs = new ComposedJobs(stream(results), stream(progress));
        int exitCode = Main.run(jobs, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Terminal(exitCode, out + text(results), text(progress) + err);
    }

    /** As {@link #run}, with the settings of the small trial before {@code further} ones. */
    static Terminal small(List<String> command, String... further) {
        return run(small(command, List.of(further)).toArray(String[]::new));
    }

    /** The command line of {@link #small(List, String...)}. */
    public static List<String> small(List<String> command, List<String> further) {
        List<String> arguments = new ArrayList<>(command);
        for (List<String> settings : List.of(SMALL, further)) {
            settings.forEach(each -> arguments.addAll(List.of("--set", each)));
        }
        return arguments;
    }

    /** Draws {@code perClass} scenes of 32 x 32 pixels for each of {@code classes} into folders of {@code source}. */
    public static void draw(Storage storage, String source, int perClass, List<String> classes) {
        Scenes scenes = new Scenes(5, io.squadron.image.synthetic.Domain.SUNNY, 32);
        for (String each : classes) {
            int label = Scenes.classes().indexOf(each);
            for (int i = 0; i < perClass; i++) {
                String file = Storage.child(source, each + "/%05d.png".formatted(i));
                storage.publish(file, Encoder.png(scenes.draw(label, i)));
            }
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
