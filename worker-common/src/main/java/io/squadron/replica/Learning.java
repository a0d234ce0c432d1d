package io.squadron.replica;

import io.squadron.optim.Clipping;
import io.squadron.optim.Optimiser;
import io.squadron.optim.ParameterGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How gradients become weights.
 *
 * @param clipping of the mean gradient, after the sum over replicas
 * @param weightAverage decay of the running average of the weights that evaluation uses; 0 keeps none
 */
public record Learning(Optimiser optimiser, List<ParameterGroup> groups, Clipping clipping, double weightAverage)
        implements Serializable {
    public Learning {
        groups = List.copyOf(groups);
    }

    /** The names of the vectors of a state, in their order: weights, optimiser slots, running average if one is kept. */
    public List<String> vectorNames() {
        List<String> names = new ArrayList<>();
        names.add("weights");
        optimiser.slots().forEach(slot -> names.add("optimiser." + slot));
        if (weightAverage > 0) {
            names.add("average");
        }
        return names;
    }
}
