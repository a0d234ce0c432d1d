package io.squadron.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.failure.Failure;
import io.squadron.image.Image;
import io.squadron.image.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Measures the way from files to batches, stage by stage, and training beside it. */
public final class InputBench {
    private static final List<Size> SIZES = List.of(new Size(375, 500), new Size(1500, 2000));
    private static final int TURNS = 3;

    private final InputQuestion question;
    private final Consumer<String> progress;
    private final ObjectNode root = StepJson.MAPPER.createObjectNode();
    private final StringBuilder text = new StringBuilder();

    public InputBench(InputQuestion question, Consumer<String> progress) {
        this.question = question;
        this.progress = progress;
    }

    /** Measures; returns a table for people. */
    public String run() {
        Surroundings where = Surroundings.here();
        root.putObject("machine")
                .put("cpu", where.cpu())
                .put("cores", where.cores())
                .put("java", where.java())
                .put("loadAverage", where.load());
        line("%s, %d cores, Java %s, load %.1f", where.cpu(), where.cores(), where.java(), where.load());
        InputPictures pictures = new InputPictures();
        for (Size size : SIZES) {
            String name = size.width() + "x" + size.height();
            progress.accept("pictures of " + name + " in " + question.folder().resolve(name));
            List<byte[]> files = pictures.files(question.folder().resolve(name), size, question.pictures());
            stages(name, files);
            if (size.equals(SIZES.get(0))) {
                shards(new InputShards(question.folder(), files));
            }
        }
        memory();
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void stages(String name, List<byte[]> files) {
        progress.accept("stages on " + name);
        long bytes = files.stream().mapToLong(each -> each.length).sum();
        Map<String, Double> stages = new InputStages().of(files, question.rounds());
        ObjectNode node = root.withObject("/stages").putObject(name).put("bytes", bytes / files.size());
        Columns columns = new Columns(
                1, List.of("%s, %d bytes each, one thread".formatted(name, bytes / files.size()), "ms", "images/s"));
        stages.forEach((stage, millis) -> {
            node.put(stage, millis);
            columns.add(List.of(
                    stage,
                    String.format(Locale.ROOT, "%.3f", millis),
                    String.format(Locale.ROOT, "%.0f", 1000 / millis)));
        });
        text.append('\n').append(columns);
    }

    private void shards(InputShards shards) {
        progress.accept("reading");
        try {
            double raw = shards.rawRate(10 * question.rounds());
            double whole = shards.wholeRate(10 * question.rounds());
            double samples = shards.sampleRate(10 * question.rounds());
            line("");
            line("file, from end to end         %8.0f MB/s", raw);
            line("shards whole, for the cache   %8.0f MB/s  %.2f of it", whole, whole / raw);
            line("samples one by one, shuffled  %8.0f MB/s  %.2f of it", samples, samples / raw);
            root.putObject("reading").put("file", raw).put("shards", whole).put("samples", samples);
        } catch (IOException e) {
            throw Failure.resources("Cannot read the bench's own shard: %s. Choose another --folder", e)
                    .causedBy(e);
        }
        if (question.steps() > 0) {
            training(shards);
        }
    }

    private void training(InputShards shards) {
        progress.accept("training " + question.architecture());
        ArrayNode turns = root.putArray("training");
        line("");
        for (double[] turn : shards.training(question.architecture(), question.steps(), TURNS)) {
            double images = (double) question.steps() * InputQuestion.BATCH;
            line(
                    "training %s, batch %d: in memory %.2f images/s, on shards %.2f: %.3f",
                    question.architecture(),
                    InputQuestion.BATCH,
                    images / turn[0],
                    images / turn[1],
                    turn[0] / turn[1]);
            turns.addObject().put("memory", images / turn[0]).put("shards", images / turn[1]);
        }
    }

    /** What the pipeline holds at most, beside the cache of shards. */
    private void memory() {
        long batch = (long) InputQuestion.BATCH * InputQuestion.SIZE * InputQuestion.SIZE * Image.CHANNELS;
        line("");
        line(
                "memory with T threads: T + 2 batches of %.1f MB, and for each thread at most 8 x 16 MB of room that it "
                        + "keeps; a picture larger than that is decoded in memory of its own",
                batch / 1e6);
        root.put("batchBytes", batch);
    }

    /** Writes what was measured. */
    public void write(Path file) {
        try {
            Files.writeString(file, StepJson.MAPPER.writeValueAsString(root));
        } catch (IOException e) {
            throw Failure.resources("Cannot write the result to %s: %s. Choose another place with --json", file, e)
                    .causedBy(e);
        }
    }
}
