package io.squadron.driver.checkpoint;

import io.squadron.engine.Normalisation;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import java.util.List;

/**
 * What one must know to use the weights of a checkpoint on new images.
 *
 * @param architecture name in the registry
 * @param classes names, by label
 * @param resize shorter side before the centre crop, in pixels
 * @param size side of the network's input, in pixels
 */
public record ModelFacts(
        String architecture,
        ModelOptions.Stem stem,
        AuxiliaryHeads auxiliaryHeads,
        List<String> classes,
        int resize,
        int size,
        Normalisation normalisation) {
    public ModelFacts {
        classes = List.copyOf(classes);
    }

    public ModelSpec spec() {
        Shape input = new Shape(3, size, size);
        return Architectures.build(architecture, new ModelOptions(input, classes.size(), stem, auxiliaryHeads));
    }
}
