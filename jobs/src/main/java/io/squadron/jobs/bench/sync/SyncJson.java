package io.squadron.jobs.bench.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.failure.Failure;
import io.squadron.jobs.bench.sync.SyncAnswer.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An answer as JSON: what was asked, the ratios, and every round. */
public final class SyncJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SyncJson() {}

    /** Writes {@code answer} to {@code file}. */
    public static void write(SyncAnswer answer, Path file) {
        SyncQuestion question = answer.question();
        ObjectNode root = MAPPER.createObjectNode()
                .put("architecture", question.architecture())
                .put("batch", question.batch())
                .put("size", question.size())
                .put("precision", question.precision())
                .put("steps", question.steps())
                .put("loadAverage", answer.load())
                .put("twoExecutorsOfOne", answer.twoOfOne())
                .put("priceOfExactBatchNorm", answer.priceOfExact())
                .put("sparksShareOf30Seconds", answer.sparksShare());
        root.putObject("sum")
                .put("bytes", answer.sums().bytes())
                .put("seconds", answer.sums().ours())
                .put("plainSeconds", answer.sums().plain())
                .put("ratio", answer.sums().ratio());
        ObjectNode arms = root.putObject("rounds");
        for (Arm arm : Arm.all()) {
            var rounds = arms.putArray(arm.name());
            for (Round round : answer.rounds().get(arm)) {
                rounds.addObject()
                        .put("seconds", round.seconds())
                        .put("work", round.work())
                        .put("normWait", round.normWait())
                        .put("gradientWait", round.gradientWait());
            }
        }
        try {
            Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw Failure.resources("Cannot write the result to %s: %s. Choose another place with --json", file, e)
                    .causedBy(e);
        }
    }
}
