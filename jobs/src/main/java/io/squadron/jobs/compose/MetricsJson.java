package io.squadron.jobs.compose;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.evaluation.ClassMetrics;
import io.squadron.evaluation.Metrics;
import java.util.List;

/** The figures of an evaluation for machines; shares in 0..1, loss in nats, 0/0 as null. */
final class MetricsJson {
    private MetricsJson() {}

    static String of(Metrics metrics, List<String> classes) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("samples", metrics.samples());
        number(root, "loss", metrics.loss());
        number(root, "accuracy", metrics.topOne());
        number(root, "accuracy-low-95", metrics.interval().low());
        number(root, "accuracy-high-95", metrics.interval().high());
        number(root, "top-5", metrics.topFive());
        number(root, "calibration-error", metrics.calibrationError());
        number(root, "macro-f1", metrics.macro().f1());
        ArrayNode all = root.putArray("classes");
        for (int label = 0; label < classes.size(); label++) {
            ClassMetrics each = metrics.classes().get(label);
            ObjectNode node = all.addObject().put("name", classes.get(label)).put("support", each.support());
            number(node, "precision", each.precision());
            number(node, "recall", each.recall());
            number(node, "f1", each.f1());
        }
        return root.toPrettyString() + "\n";
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
