package io.squadron.exchange.keras;

import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The layers of keras.applications by our names, in the namings of today and of before 2019. */
final class KerasNames {
    private static final Pattern BLOCK = Pattern.compile("conv([2-5])_block(\\d+)_([0-3])_(conv|bn)");
    private static final Pattern OLD_BLOCK = Pattern.compile("(res|bn)([2-5])([a-z])_branch(1|2a|2b|2c)");
    private static final Map<String, String> STEM_AND_HEAD = Map.of(
            "conv1_conv", "conv1",
            "conv1", "conv1",
            "conv1_bn", "bn1",
            "bn_conv1", "bn1",
            "predictions", "fc",
            "probs", "fc",
            "fc1000", "fc");

    private final Map<String, String> vgg = new HashMap<>();
    private final boolean residual;

    KerasNames(ModelSpec spec) {
        this.residual = spec.architecture().startsWith("resnet");
        if (!residual) {
            fillVgg(spec);
        }
    }

    private void fillVgg(ModelSpec spec) {
        int block = 1;
        int place = 0;
        List<String> dense = new ArrayList<>(List.of("fc1", "fc2", "predictions"));
        for (Node node : spec.nodes()) {
            if (node.layer() instanceof Layer.Convolution) {
                place++;
                vgg.put("block" + block + "_conv" + place, node.name());
            } else if (node.layer() instanceof Layer.MaxPool) {
                block++;
                place = 0;
            } else if (node.layer() instanceof Layer.Dense && !dense.isEmpty()) {
                vgg.put(dense.remove(0), node.name());
            }
        }
    }

    /** Our node for Keras' {@code layer}. */
    Optional<String> node(String layer) {
        if (!residual) {
            return Optional.ofNullable(vgg.get(layer));
        }
        Matcher block = BLOCK.matcher(layer);
        if (block.matches()) {
            return Optional.of(
                    node(block.group(1), Integer.parseInt(block.group(2)) - 1, block.group(3), block.group(4)));
        }
        Matcher old = OLD_BLOCK.matcher(layer);
        if (old.matches()) {
            String place =
                    old.group(4).equals("1") ? "0" : String.valueOf(old.group(4).charAt(1) - 'a' + 1);
            String kind = old.group(1).equals("res") ? "conv" : "bn";
            return Optional.of(node(old.group(2), old.group(3).charAt(0) - 'a', place, kind));
        }
        return Optional.ofNullable(STEM_AND_HEAD.get(layer));
    }

    private static String node(String stage, int block, String place, String kind) {
        String prefix = "layer%d.%d.".formatted(Integer.parseInt(stage) - 1, block);
        if (place.equals("0")) {
            return prefix + (kind.equals("conv") ? "downsample.0" : "downsample.1");
        }
        return prefix + kind + place;
    }
}
