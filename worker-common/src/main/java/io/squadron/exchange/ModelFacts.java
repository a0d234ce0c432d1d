package io.squadron.exchange;

import io.squadron.engine.Normalisation;
import io.squadron.image.Interpolation;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Variation;
import java.util.List;

/**
 * What one must know to use weights on new images; it travels with them wherever they go.
 *
 * @param architecture name in the registry
 * @param classes names, by label
 * @param resize shorter side before the centre crop, in pixels
 * @param size side of the network's input, in pixels
 * @param interpolation of that resize
 */
public record ModelFacts(
        String architecture,
        ModelOptions.Stem stem,
        AuxiliaryHeads auxiliaryHeads,
        Head head,
        Variation variation,
        List<String> classes,
        int resize,
        int size,
        Interpolation interpolation,
        Normalisation normalisation) {
    public ModelFacts {
        classes = List.copyOf(classes);
    }

    public ModelSpec spec() {
        Shape input = new Shape(3, size, size);
        return Architectures.build(
                architecture, new ModelOptions(input, classes.size(), stem, auxiliaryHeads, head, variation));
    }
}
