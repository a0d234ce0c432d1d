package io.squadron.driver.spark.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFactsJson;
import io.squadron.exchange.PortableModel;
import io.squadron.model.Weights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model on its way to executors: each fetches the weights once.
 *
 * @param hash 64 hex digits over facts and weights
 * @param weights consecutive stretches of the flat vector: a broadcast has to fit into a buffer of the serializer
 */
record Shipment(String hash, String facts, String engine, List<Broadcast<float[]>> weights) implements Serializable {
    private static final int STRETCH = 1 << 24;

    static Shipment of(JavaSparkContext spark, PortableModel model, String engine) {
        float[] values = model.weights().values();
        List<Broadcast<float[]>> stretches = new ArrayList<>();
        for (int from = 0; from < values.length; from += STRETCH) {
            stretches.add(spark.broadcast(Arrays.copyOfRange(values, from, Math.min(values.length, from + STRETCH))));
        }
        return new Shipment(
                model.hash(), ModelFactsJson.toJson(model.facts()).toString(), engine, List.copyOf(stretches));
    }

    ModelFacts modelFacts() {
        try {
            return ModelFactsJson.fromJson(new ObjectMapper().readTree(facts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot read what was written: " + facts, e);
        }
    }

    Weights modelWeights() {
        Weights all = Weights.zeros(modelFacts().spec().layout());
        int at = 0;
        for (Broadcast<float[]> stretch : weights) {
            float[] values = stretch.value();
            System.arraycopy(values, 0, all.values(), at, values.length);
            at += values.length;
        }
        return all;
    }

    /** Frees the weights wherever they are. */
    void discard() {
        weights.forEach(Broadcast::destroy);
    }
}
