package io.squadron.exchange.keras;

import io.squadron.exchange.FittingReport;
import io.squadron.exchange.MappedTensor;
import io.squadron.exchange.Mapping;
import io.squadron.exchange.TensorEntry;
import io.squadron.failure.Failure;
import io.squadron.model.Layer;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keras' tensors as ours. Its ResNet50 has a bias in front of each batch norm, which moves the running mean instead: (x + b) - m
 * is x - (m - b). Its epsilon of 1.001e-5 differs from ours: the difference is added to the running variance, so that evaluation is
 * the same.
 */
final class KerasMap {
    private static final double EPSILON = 1.001e-5;
    private static final List<String> KNOWN = List.of("vgg16", "vgg19", "resnet50");

    private final KerasFile file;
    private final ModelSpec spec;
    private final KerasNames names;
    private final Map<String, TensorEntry> biases = new LinkedHashMap<>();
    private final List<MappedTensor> tensors = new ArrayList<>();
    private final List<FittingReport.Unused> passed = new ArrayList<>();

    KerasMap(KerasFile file, ModelSpec spec) {
        if (!KNOWN.contains(spec.architecture())) {
            throw Failure.usage(
                    "Cannot take %s from Keras' %s (expected one of %s). Bring it as safetensors",
                    spec.architecture(), file.where(), KNOWN);
        }
        this.file = file;
        this.spec = spec;
        this.names = new KerasNames(spec);
    }

    Mapping mapping() {
        for (TensorEntry entry : file.entries()) {
            node(entry)
                    .filter(node -> part(entry).equals("bias") && folded(node))
                    .ifPresent(node -> biases.put(norm(node), entry));
        }
        file.entries().forEach(this::add);
        List<String> notes = new ArrayList<>();
        notes.add("the first kernel takes red, green, blue now; Keras' takes blue, green, red");
        if (!biases.isEmpty()) {
            notes.add("%d biases of convolutions are part of running means now".formatted(biases.size()));
            notes.add(
                    "Keras' ResNet50 halves the picture in the first convolution of a block, this network in the second "
                            + "(torchvision's): logits differ, so fine-tune before use, with batch norms that learn or are re-estimated");
        }
        return new Mapping("Keras", tensors, passed, notes);
    }

    private void add(TensorEntry entry) {
        Optional<String> node = node(entry);
        if (node.isEmpty()) {
            passed.add(new FittingReport.Unused(
                    entry.name(), entry.shape(), spec.architecture() + " has nothing of this name"));
        } else if (biases.containsValue(entry)) {
            passed.add(new FittingReport.Unused(
                    entry.name(), entry.shape(), "it is part of " + norm(node.get()) + ".running_mean"));
        } else {
            tensors.add(tensor(node.get(), entry));
        }
    }

    private MappedTensor tensor(String node, TensorEntry entry) {
        String name = node + ".";
        return switch (part(entry)) {
            case "kernel" -> entry.shape().size() == 4 ? convolution(name, entry) : dense(name, entry);
            case "gamma" -> plain(name + "weight", entry);
            case "beta", "bias" -> plain(name + "bias", entry);
            case "moving_mean" -> mean(name + "running_mean", node, entry);
            case "moving_variance" -> variance(name + "running_var", node, entry);
            default -> plain(name + part(entry), entry);
        };
    }

    private MappedTensor plain(String name, TensorEntry entry) {
        return new MappedTensor(name, entry.name(), entry.shape(), () -> file.read(entry));
    }

    private MappedTensor convolution(String name, TensorEntry entry) {
        List<Integer> s = entry.shape();
        boolean flipped = s.get(2) == 3;
        Kernels kernels = new Kernels(s.get(0), s.get(1), s.get(2), s.get(3));
        return new MappedTensor(
                name + "weight",
                entry.name(),
                List.of(s.get(3), s.get(2), s.get(0), s.get(1)),
                () -> kernels.channelsFirst(
                        file.read(entry), flipped ? Kernels.Colours.REVERSED : Kernels.Colours.KEPT));
    }

    /** A dense layer is a kernel over the whole picture that comes into it; behind a vector the picture has one pixel. */
    private MappedTensor dense(String name, TensorEntry entry) {
        if (entry.shape().size() != 2) {
            return plain(name + "weight", entry);
        }
        int in = entry.shape().get(0);
        int out = entry.shape().get(1);
        Shape picture = picture(name.substring(0, name.length() - 1), in);
        Kernels kernels = new Kernels(picture.height(), picture.width(), picture.channels(), out);
        return new MappedTensor(
                name + "weight",
                entry.name(),
                List.of(out, in),
                () -> kernels.channelsFirst(file.read(entry), Kernels.Colours.KEPT));
    }

    private Shape picture(String node, int in) {
        Map<String, Shape> shapes = spec.shapes();
        String before = spec.node(node).inputs().get(0);
        if (spec.nodes().stream()
                .anyMatch(each -> each.name().equals(before) && each.layer() instanceof Layer.Flatten)) {
            Shape shape = shapes.get(spec.node(before).inputs().get(0));
            if ((long) shape.channels() * shape.height() * shape.width() == in) {
                return shape;
            }
        }
        return new Shape(in, 1, 1);
    }

    private MappedTensor mean(String name, String node, TensorEntry entry) {
        TensorEntry bias = biases.get(node);
        if (bias == null) {
            return plain(name, entry);
        }
        return new MappedTensor(name, entry.name() + " less " + bias.name(), entry.shape(), () -> {
            float[] values = file.read(entry);
            float[] shift = file.read(bias);
            for (int i = 0; i < Math.min(values.length, shift.length); i++) {
                values[i] -= shift[i];
            }
            return values;
        });
    }

    private MappedTensor variance(String name, String node, TensorEntry entry) {
        double more = spec.node(node).layer() instanceof Layer.BatchNorm norm ? EPSILON - norm.epsilon() : 0;
        return new MappedTensor(name, entry.name(), entry.shape(), () -> {
            float[] values = file.read(entry);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] + more);
            }
            return values;
        });
    }

    /** Whether the layer is a convolution without a bias here, with a batch norm behind it. */
    private boolean folded(String node) {
        return spec.nodes().stream()
                .anyMatch(each -> each.name().equals(node)
                        && each.layer() instanceof Layer.Convolution convolution
                        && !convolution.bias());
    }

    private String norm(String convolution) {
        return spec.nodes().stream()
                .filter(each ->
                        each.layer() instanceof Layer.BatchNorm && each.inputs().contains(convolution))
                .findFirst()
                .map(io.squadron.model.Node::name)
                .orElse(convolution);
    }

    private Optional<String> node(TensorEntry entry) {
        int slash = entry.name().indexOf('/');
        return slash < 0
                ? Optional.empty()
                : names.node(entry.name().substring(0, slash)).filter(this::exists);
    }

    private boolean exists(String node) {
        return spec.nodes().stream().anyMatch(each -> each.name().equals(node));
    }

    /** "kernel", "bias", "gamma", ...; the oldest files say block1_conv1_W_1 and block1_conv1_b_1. */
    private static String part(TensorEntry entry) {
        String name = entry.name().substring(entry.name().lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
        if (name.matches(".*_W(_\\d+)?")) {
            return "kernel";
        }
        if (name.matches(".*_b(_\\d+)?")) {
            return "bias";
        }
        return List.of("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance").stream()
                .filter(name::endsWith)
                .findFirst()
                .orElse(name);
    }
}
