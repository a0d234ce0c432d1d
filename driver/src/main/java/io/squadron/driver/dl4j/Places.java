package io.squadron.driver.dl4j;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_LOG_STD;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;

import io.squadron.engine.dl4j.GlobalNorms;
import io.squadron.engine.dl4j.NativeFloats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where in a graph's flat vectors that lies which is not treated as an ordinary parameter.
 *
 * @param updates ranges whose gradient is an update already, which is not divided by the number of examples
 * @param norms the running statistics of the batch norms that train
 */
record Places(List<Range> updates, List<Statistics> norms) {
    /** Elements {@code from} .. {@code from + length - 1}. */
    record Range(int from, int length) {}

    /** How a running variance is kept. */
    enum Form {
        VARIANCE,
        /** The decimal logarithm of the standard deviation. */
        LOGARITHM
    }

    /** Where one batch norm keeps its running mean and variance. */
    record Statistics(int mean, int variance, int channels, Form form) {}

    /** Finds them by writing a number into each parameter, so that no order need be assumed; spoils the parameters. */
    static Places of(ComputationGraph graph) {
        int[] starts = starts(graph);
        List<Range> updates = new ArrayList<>();
        Map<Layer, Map<String, Range>> ranges = new HashMap<>();
        int number = 0;
        for (Layer layer : graph.getLayers()) {
            Map<String, Range> own = new HashMap<>();
            for (Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
                Range range =
                        new Range(starts[number++], (int) parameter.getValue().length());
                own.put(parameter.getKey(), range);
                if (!layer.updaterDivideByMinibatch(parameter.getKey())) {
                    updates.add(range);
                }
            }
            ranges.put(layer, own);
        }
        List<Statistics> norms = GlobalNorms.trained(graph).stream()
                .map(norm -> statistics(ranges.get(norm)))
                .toList();
        return new Places(updates, norms);
    }

    private static int[] starts(ComputationGraph graph) {
        graph.params().assign(-1);
        int number = 0;
        for (Layer layer : graph.getLayers()) {
            for (INDArray view : layer.paramTable().values()) {
                view.assign(number++);
            }
        }
        float[] numbers = NativeFloats.copy(graph.params());
        int[] starts = new int[number];
        for (int at = numbers.length - 1; at >= 0; at--) {
            if (numbers[at] >= 0) {
                starts[(int) numbers[at]] = at;
            }
        }
        return starts;
    }

    private static Statistics statistics(Map<String, Range> norm) {
        Form form = norm.containsKey(GLOBAL_LOG_STD) ? Form.LOGARITHM : Form.VARIANCE;
        Range mean = norm.get(GLOBAL_MEAN);
        Range variance = norm.get(form == Form.LOGARITHM ? GLOBAL_LOG_STD : GLOBAL_VAR);
        return new Statistics(mean.from(), variance.from(), mean.length(), form);
    }
}
