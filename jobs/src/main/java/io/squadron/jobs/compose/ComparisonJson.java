package io.squadron.jobs.compose;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.driver.experiment.Comparison;
import io.squadron.driver.experiment.Setting;
import io.squadron.driver.experiment.Spread;
import io.squadron.driver.experiment.TrialResult;
import java.util.Locale;

/** The results of a sweep for machines, best setting first; shares in 0..1, what there is none of as null. */
final class ComparisonJson {
    private ComparisonJson() {}

    static String of(Comparison comparison) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("verdict", comparison.verdict());
        var settings = root.putArray("settings");
        for (Comparison.Row row : comparison.rows()) {
            ObjectNode node = settings.addObject();
            ObjectNode keys = node.putObject("setting");
            for (Setting.Assignment each : row.setting().assignments()) {
                keys.put(each.key(), each.value());
            }
            number(node, "epochs", row.epochs());
            spread(node.putObject("best-accuracy"), row.best());
            spread(node.putObject("last-accuracy"), row.last());
            var runs = node.putArray("runs");
            row.trials().forEach(trial -> run(runs.addObject(), trial));
        }
        return root.toPrettyString() + "\n";
    }

    private static void spread(ObjectNode node, Spread spread) {
        node.put("count", spread.count());
        number(node, "mean", spread.mean());
        number(node, "deviation", spread.deviation());
        number(node, "lowest", spread.least());
        number(node, "highest", spread.most());
    }

    private static void run(ObjectNode node, TrialResult result) {
        node.put("run", result.run()).put("seed", result.trial().seed());
        node.put("status", result.status().name().toLowerCase(Locale.ROOT));
        if (!result.reason().isEmpty()) {
            node.put("reason", result.reason());
        }
        number(node, "best-accuracy", result.best());
        number(node, "last-accuracy", result.last());
        var curve = node.putArray("validation");
        for (TrialResult.Point point : result.curve()) {
            ObjectNode at = curve.addObject();
            number(at, "epochs", point.epochs());
            number(at, "accuracy", point.accuracy());
            number(at, "loss", point.loss());
        }
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
