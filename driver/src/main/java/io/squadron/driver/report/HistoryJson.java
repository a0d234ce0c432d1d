package io.squadron.driver.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.dataset.Split;
import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.engine.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One entry, one line, there and back. Numbers that are not finite are null in JSON, and NaN when read. */
final class HistoryJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HistoryJson() {}

    static String line(HistoryEntry entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (entry instanceof HistoryEntry.Start start) {
            node.put("event", "start").put("run", start.run()).put("step", start.step());
            node.put("totalSteps", start.totalSteps()).put("replicas", start.replicas());
        } else if (entry instanceof HistoryEntry.Round round) {
            write(node.put("event", "round"), round.ended());
        } else if (entry instanceof HistoryEntry.Repeat repeat) {
            node.put("event", "repeat").put("round", repeat.round()).put("step", repeat.step());
            node.put("reason", repeat.reason());
        } else if (entry instanceof HistoryEntry.Evaluation evaluation) {
            write(node.put("event", "evaluation"), evaluation);
        } else if (entry instanceof HistoryEntry.Checkpoint checkpoint) {
            TrainingEvent.Checkpointed written = checkpoint.written();
            node.put("event", "checkpoint").put("step", written.step()).put("uri", written.uri());
            number(node.put("bytes", written.bytes()), "seconds", written.seconds());
        } else if (entry instanceof HistoryEntry.Stop stop) {
            number(node.put("event", "stop").put("step", stop.step()), "best", stop.best());
            node.put("bestStep", stop.bestStep()).put("evaluations", stop.evaluations());
        } else if (entry instanceof HistoryEntry.Halt halt) {
            node.put("event", "halt").put("step", halt.step());
        }
        return node.toString();
    }

    private static void write(ObjectNode node, TrainingEvent.RoundEnded round) {
        node.put("round", round.round()).put("firstStep", round.firstStep()).put("endStep", round.endStep());
        node.put("epoch", round.epoch());
        number(node, "lossSum", round.result().lossSum());
        node.put("correct", round.result().correct());
        node.put("samples", round.result().samples());
        number(node, "firstRate", round.firstRate());
        number(node, "lastRate", round.lastRate());
        number(node, "seconds", round.seconds());
        ArrayNode timings = node.putArray("timings");
        for (RankTiming timing : round.timings()) {
            ObjectNode each = timings.addObject().put("rank", timing.rank());
            number(each, "read", timing.read());
            number(each, "compute", timing.compute());
            number(each, "normWait", timing.normWait());
            number(each, "gradientWait", timing.gradientWait());
            if (!timing.place().isEmpty()) {
                each.put("place", timing.place());
            }
        }
    }

    private static void write(ObjectNode node, HistoryEntry.Evaluation evaluation) {
        node.put("step", evaluation.step()).put("epoch", evaluation.epoch());
        node.put("split", evaluation.split().name().toLowerCase(Locale.ROOT));
        node.put("samples", evaluation.samples());
        number(node, "loss", evaluation.loss());
        number(node, "topOne", evaluation.topOne());
        number(node, "topFive", evaluation.topFive());
        number(node, "calibrationError", evaluation.calibrationError());
        if (evaluation.compares()) {
            number(node, "runningLoss", evaluation.runningLoss());
            number(node, "runningTopOne", evaluation.runningTopOne());
        }
        number(node, "seconds", evaluation.seconds());
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /**
     * The entry of one line.
     *
     * @throws JsonProcessingException when the line is no JSON
     * @throws IllegalArgumentException when it is JSON but no entry
     */
    static HistoryEntry read(String line) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(line);
        String event = node.path("event").asText();
        return switch (event) {
            case "start" ->
                new HistoryEntry.Start(text(node, "run"), whole(node, "step"), whole(node, "totalSteps"), (int)
                        whole(node, "replicas"));
            case "round" -> new HistoryEntry.Round(round(node));
            case "repeat" -> new HistoryEntry.Repeat(whole(node, "step"), whole(node, "round"), text(node, "reason"));
            case "evaluation" -> evaluation(node);
            case "checkpoint" ->
                new HistoryEntry.Checkpoint(new TrainingEvent.Checkpointed(
                        whole(node, "step"), text(node, "uri"), whole(node, "bytes"), number(node, "seconds")));
            case "stop" ->
                new HistoryEntry.Stop(whole(node, "step"), number(node, "best"), whole(node, "bestStep"), (int)
                        whole(node, "evaluations"));
            case "halt" -> new HistoryEntry.Halt(whole(node, "step"));
            default -> throw new IllegalArgumentException("Cannot read event '" + event + "'");
        };
    }

    private static TrainingEvent.RoundEnded round(JsonNode node) {
        List<RankTiming> timings = new ArrayList<>();
        for (JsonNode each : node.path("timings")) {
            timings.add(new RankTiming(
                    (int) whole(each, "rank"),
                    number(each, "read"),
                    number(each, "compute"),
                    number(each, "normWait"),
                    number(each, "gradientWait"),
                    each.path("place").asText("")));
        }
        return new TrainingEvent.RoundEnded(
                whole(node, "round"),
                whole(node, "firstStep"),
                whole(node, "endStep"),
                (int) whole(node, "epoch"),
                new StepResult(number(node, "lossSum"), (int) whole(node, "correct"), (int) whole(node, "samples")),
                number(node, "firstRate"),
                number(node, "lastRate"),
                number(node, "seconds"),
                timings);
    }

    private static HistoryEntry evaluation(JsonNode node) {
        return new HistoryEntry.Evaluation(
                whole(node, "step"),
                (int) whole(node, "epoch"),
                Split.valueOf(text(node, "split").toUpperCase(Locale.ROOT)),
                whole(node, "samples"),
                number(node, "loss"),
                number(node, "topOne"),
                number(node, "topFive"),
                number(node, "calibrationError"),
                node.path("runningLoss").asDouble(Double.NaN),
                node.path("runningTopOne").asDouble(Double.NaN),
                number(node, "seconds"));
    }

    private static String text(JsonNode node, String name) {
        return required(node, name).asText();
    }

    private static long whole(JsonNode node, String name) {
        JsonNode value = required(node, name);
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException("Cannot read '" + name + "' = " + value + " as a whole number");
        }
        return value.asLong();
    }

    private static double number(JsonNode node, String name) {
        return required(node, name).asDouble(Double.NaN);
    }

    private static JsonNode required(JsonNode node, String name) {
        if (!node.has(name)) {
            throw new IllegalArgumentException("Cannot find '" + name + "'");
        }
        return node.get(name);
    }
}
