package io.squadron.diagnosis;

import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The same network without one of its ingredients: the layer is left out, and who read it reads what it read. */
public final class Ablation {
    private Ablation() {}

    /** Without batch norms, and with no bias in their place: of fresh weights it would be zero. */
    public static ModelSpec withoutNorms(ModelSpec spec) {
        return without(spec, layer -> layer instanceof Layer.BatchNorm);
    }

    /** Without skip connections: of an addition its first input stays, which is the branch; projections go with it. */
    public static ModelSpec withoutSkips(ModelSpec spec) {
        return without(spec, layer -> layer instanceof Layer.Add);
    }

    /** Without dropout and without heads that only training looks at: for gradients that are those of evaluation. */
    static ModelSpec asEvaluated(ModelSpec spec) {
        return without(
                new ModelSpec(
                        spec.architecture(),
                        spec.input(),
                        spec.leadingTo(spec.output().name())),
                layer -> layer instanceof Layer.Dropout);
    }

    /**
     * {@code spec} itself first, then each of {@code ingredients} taken out, then all of them.
     *
     * @param ingredients of "norms" and "skips"
     * @return by name; a network that has nothing to take out stands once
     */
    public static Map<String, ModelSpec> variants(ModelSpec spec, Set<Ingredient> ingredients) {
        Map<String, ModelSpec> variants = new LinkedHashMap<>();
        variants.put("as it is", spec);
        ModelSpec all = spec;
        List<Ingredient> ordered = ingredients.stream().sorted().toList();
        for (Ingredient each : ordered) {
            variants.put("without " + each.word(), each.outOf(spec));
            all = each.outOf(all);
        }
        if (ordered.size() > 1) {
            String words =
                    String.join(" and ", ordered.stream().map(Ingredient::word).toList());
            variants.put("without " + words, all);
        }
        Map<String, ModelSpec> different = new LinkedHashMap<>();
        variants.forEach((name, variant) -> {
            if (!different.containsValue(variant)) {
                different.put(name, variant);
            }
        });
        return different;
    }

    /** What can be taken out. */
    public enum Ingredient {
        NORMS,
        SKIPS;

        String word() {
            return this == NORMS ? "norms" : "skips";
        }

        private ModelSpec outOf(ModelSpec spec) {
            return this == NORMS ? withoutNorms(spec) : withoutSkips(spec);
        }
    }

    private static ModelSpec without(ModelSpec spec, Predicate<Layer> unwanted) {
        Map<String, String> stands = new HashMap<>();
        List<Node> kept = new ArrayList<>();
        for (Node node : spec.nodes()) {
            List<String> inputs = node.inputs().stream()
                    .map(input -> stands.getOrDefault(input, input))
                    .toList();
            if (unwanted.test(node.layer())) {
                stands.put(node.name(), inputs.get(0));
            } else {
                kept.add(new Node(node.name(), node.layer(), inputs));
            }
        }
        if (stands.isEmpty()) {
            return spec;
        }
        ModelSpec whole = new ModelSpec(spec.architecture(), spec.input(), kept, spec.auxiliaries());
        List<String> needed = new ArrayList<>();
        whole.auxiliaries().forEach(each -> needed.addAll(names(whole, each.node())));
        needed.addAll(names(whole, whole.output().name()));
        kept.removeIf(node -> !needed.contains(node.name()));
        return new ModelSpec(spec.architecture(), spec.input(), kept, spec.auxiliaries());
    }

    private static List<String> names(ModelSpec spec, String node) {
        return spec.leadingTo(node).stream().map(Node::name).toList();
    }
}
