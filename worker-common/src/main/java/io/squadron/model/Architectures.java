package io.squadron.model;

import io.squadron.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The registry: every architecture by torchvision's name; alexnet_lrn is torchvision's alexnet with the norms of the paper. */
public final class Architectures {
    private static final Map<String, Function<ModelOptions, ModelSpec>> BUILDERS = builders();

    private Architectures() {}

    /** The names, smallest network of a family first. */
    public static List<String> names() {
        return List.copyOf(BUILDERS.keySet());
    }

    /** Builds the named network; fails with the list of names if there is none such. */
    public static ModelSpec build(String name, ModelOptions options) {
        Function<ModelOptions, ModelSpec> builder = BUILDERS.get(name);
        if (builder == null) {
            throw Failure.usage("Cannot build architecture '%s': it is not in the registry (known: %s)", name, names());
        }
        if (!options.variation().equals(Variation.none())) {
            options.variation().requireMeaning(builder.apply(options.with(Variation.none())));
        }
        return options.variation().dropout().in(builder.apply(options)).withHead(options.head());
    }

    private static Map<String, Function<ModelOptions, ModelSpec>> builders() {
        Map<String, Function<ModelOptions, ModelSpec>> all = new LinkedHashMap<>();
        all.put("resnet18", options -> ResNets.basic("resnet18", options, 2, 2, 2, 2));
        all.put("resnet34", options -> ResNets.basic("resnet34", options, 3, 4, 6, 3));
        all.put("resnet50", options -> ResNets.bottleneck("resnet50", options, 3, 4, 6, 3));
        all.put("resnet101", options -> ResNets.bottleneck("resnet101", options, 3, 4, 23, 3));
        all.put("resnet152", options -> ResNets.bottleneck("resnet152", options, 3, 8, 36, 3));
        all.put("wide_resnet50_2", options -> ResNets.wide("wide_resnet50_2", options, 3, 4, 6, 3));
        all.put("resnext50_32x4d", options -> ResNets.grouped("resnext50_32x4d", options, 3, 4, 6, 3));
        all.put("googlenet", options -> GoogLeNet.build("googlenet", options));
        all.put("alexnet", options -> AlexNets.plain("alexnet", options));
        all.put("alexnet_lrn", options -> AlexNets.responseNormalised("alexnet_lrn", options));
        for (Vggs.Depth depth : Vggs.Depth.values()) {
            String name = depth.name().toLowerCase(Locale.ROOT);
            all.put(name, options -> Vggs.plain(name, options, depth));
        }
        for (Vggs.Depth depth : Vggs.Depth.values()) {
            String name = depth.name().toLowerCase(Locale.ROOT) + "_bn";
            all.put(name, options -> Vggs.normalised(name, options, depth));
        }
        return all;
    }
}
