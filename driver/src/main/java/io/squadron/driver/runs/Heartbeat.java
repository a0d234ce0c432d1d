package io.squadron.driver.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What the driver of a run last said of itself: the file {@code heartbeat.json} of a run's directory.
 *
 * @param phase whether it works, or how it ended
 * @param at when this was written, by the driver's clock
 * @param application Spark's id of it
 * @param host where the driver runs
 * @param step steps of the run that are done
 * @param totalSteps of the whole plan
 * @param epoch passes that are begun, counted from 1
 * @param imagesPerSecond of the last finished round; NaN before the first
 * @param message why it failed; empty unless it did
 */
public record Heartbeat(
        Phase phase,
        Instant at,
        String application,
        String host,
        long step,
        long totalSteps,
        int epoch,
        double imagesPerSecond,
        String message) {
    /** Its name in a run's directory. */
    public static final String FILE = "heartbeat.json";

    /** How often a working driver writes it. */
    public static final Duration EVERY = Duration.ofSeconds(30);

    /** Without news for so long the driver counts as dead: five missed beats. */
    public static final Duration PATIENCE = EVERY.multipliedBy(5);

    /** What the driver does. */
    public enum Phase {
        RUNNING,
        FINISHED,
        STOPPED,
        FAILED
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The same driver at another moment. */
    Heartbeat beat(Phase now, Instant when, String why) {
        return new Heartbeat(now, when, application, host, step, totalSteps, epoch, imagesPerSecond, why);
    }

    /** Whether it was written so long ago that a working driver would have written again. */
    public boolean overdue(Instant now) {
        return Duration.between(at, now).compareTo(PATIENCE) > 0;
    }

    byte[] json() {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("state", phase.name().toLowerCase(Locale.ROOT)).put("at", at.toString());
        node.put("application", application).put("host", host);
        node.put("step", step).put("totalSteps", totalSteps).put("epoch", epoch);
        if (Double.isFinite(imagesPerSecond)) {
            node.put("imagesPerSecond", imagesPerSecond);
        }
        if (!message.isEmpty()) {
            node.put("message", message);
        }
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static Heartbeat read(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
            return new Heartbeat(
                    Phase.valueOf(node.path("state").asText().toUpperCase(Locale.ROOT)),
                    Instant.parse(node.path("at").asText()),
                    node.path("application").asText(),
                    node.path("host").asText(),
                    node.path("step").asLong(),
                    node.path("totalSteps").asLong(),
                    node.path("epoch").asInt(),
                    node.path("imagesPerSecond").asDouble(Double.NaN),
                    node.path("message").asText(""));
        } catch (JsonProcessingException | DateTimeException damaged) {
            throw new IllegalArgumentException("Cannot read a heartbeat", damaged);
        }
    }
}
