package io.squadron.driver.registry;

import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.PortableModel;
import io.squadron.model.Initialisation;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model as it begins on other classes: all that does not depend on them is kept, and in the layers that give logits the rows
 * of classes that it knows, found by name. Rows of new classes begin anew, by the initialisation and the seed of the run.
 */
public final class HeadExtension {
    private HeadExtension() {}

    /** {@code model} for {@code classes}, in their order. */
    public static PortableModel of(
            PortableModel model, List<String> classes, Initialisation initialisation, long seed) {
        ModelFacts facts = with(model.facts(), classes);
        Weights weights = initialisation.weights(facts.spec(), seed);
        Set<String> heads = heads(model.facts());
        for (Slice slice : weights.layout().slices()) {
            float[] before = model.weights().slice(slice.name());
            if (heads.contains(slice.name())) {
                weights.setSlice(
                        slice.name(),
                        rows(before, weights.slice(slice.name()), model.facts().classes(), classes));
            } else {
                weights.setSlice(slice.name(), before);
            }
        }
        return new PortableModel(facts, weights, Map.of("extended-from", model.hash()));
    }

    // before: (old classes, row), fresh: (classes, row)
    private static float[] rows(float[] before, float[] fresh, List<String> known, List<String> classes) {
        int row = fresh.length / classes.size();
        for (int i = 0; i < classes.size(); i++) {
            int old = known.indexOf(classes.get(i));
            if (old >= 0) {
                System.arraycopy(before, old * row, fresh, i * row, row);
            }
        }
        return fresh;
    }

    /** What has another shape where there is one class more. */
    private static Set<String> heads(ModelFacts facts) {
        List<String> more = new ArrayList<>(facts.classes());
        more.add("one more class");
        Set<Slice> shapes = new HashSet<>();
        with(facts, more).spec().layout().slices().forEach(slice -> shapes.add(unplaced(slice)));
        Set<String> names = new HashSet<>();
        facts.spec().layout().slices().stream()
                .filter(slice -> !shapes.contains(unplaced(slice)))
                .forEach(slice -> names.add(slice.name()));
        return names;
    }

    private static Slice unplaced(Slice slice) {
        return new Slice(slice.name(), slice.node(), slice.shape(), 0, slice.role());
    }

    private static ModelFacts with(ModelFacts facts, List<String> classes) {
        return new ModelFacts(
                facts.architecture(),
                facts.stem(),
                facts.auxiliaryHeads(),
                facts.head(),
                facts.variation(),
                classes,
                facts.resize(),
                facts.size(),
                facts.interpolation(),
                facts.normalisation());
    }
}
