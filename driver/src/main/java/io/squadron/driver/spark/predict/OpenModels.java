package io.squadron.driver.spark.predict;

import io.squadron.driver.spark.Slots;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * The models that are open in this JVM. One that no task uses stays open for the next task, until another model is asked
 * for. Thread-safe.
 */
final class OpenModels {
    private static final OpenModels SHARED = new OpenModels();

    private final Map<String, Kept> kept = new HashMap<>();

    private static final class Kept {
        private final OpenModel model;
        private int users;

        Kept(OpenModel model) {
            this.model = model;
        }
    }

    /** Those of this JVM. */
    static OpenModels shared() {
        return SHARED;
    }

    /** The model, opened if it is not; to be given back by {@link #release}. */
    synchronized OpenModel take(Shipment shipment) {
        String key = key(shipment);
        Kept found = kept.get(key);
        if (found == null) {
            closeIdle();
            found = new Kept(new OpenModel(shipment, cores()));
            kept.put(key, found);
        }
        found.users++;
        return found.model;
    }

    synchronized void release(Shipment shipment) {
        kept.get(key(shipment)).users--;
    }

    private static String key(Shipment shipment) {
        return shipment.hash() + " " + shipment.engine();
    }

    /** Closes what no task uses. */
    synchronized void closeIdle() {
        kept.values().stream().filter(each -> each.users == 0).forEach(each -> each.model.close());
        kept.values().removeIf(each -> each.users == 0);
    }

    /** How many are open. */
    synchronized int size() {
        return kept.size();
    }

    /** The cores that tasks of this JVM may use. */
    private static int cores() {
        SparkConf conf = SparkEnv.get().conf();
        int here = Runtime.getRuntime().availableProcessors();
        int slots = Slots.of(conf.get("spark.master", ""));
        return slots < Integer.MAX_VALUE ? Math.min(slots, here) : conf.getInt("spark.executor.cores", here);
    }
}
