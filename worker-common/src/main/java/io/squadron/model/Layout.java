package io.squadron.model;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ordered table of slices of a flat vector: no gaps, no overlaps, {@code length} elements in all. */
public record Layout(List<Slice> slices, int length) implements Serializable {
    public Layout {
        slices = List.copyOf(slices);
    }

    /** All parameters and running statistics of {@code spec}, in the order of torch's state dict. */
    static Layout of(ModelSpec spec) {
        List<Slice> slices = new ArrayList<>();
        int offset = 0;
        for (Node node : spec.nodes()) {
            for (Slice slice : slicesOf(node, offset)) {
                slices.add(slice);
                offset = Math.addExact(offset, slice.length());
            }
        }
        return new Layout(slices, offset);
    }

    private static List<Slice> slicesOf(Node node, int offset) {
        Table table = new Table(node.name(), offset);
        if (node.layer() instanceof Layer.Convolution c) {
            table.add(
                    "weight",
                    Role.CONVOLUTION_WEIGHT,
                    c.out(),
                    c.in() / c.groups(),
                    c.window().kernelHeight(),
                    c.window().kernelWidth());
            if (c.bias()) {
                table.add("bias", Role.BIAS, c.out());
            }
        } else if (node.layer() instanceof Layer.Dense d) {
            table.add("weight", Role.DENSE_WEIGHT, d.out(), d.in());
            if (d.bias()) {
                table.add("bias", Role.BIAS, d.out());
            }
        } else if (node.layer() instanceof Layer.BatchNorm b) {
            table.add("weight", Role.NORM_SCALE, b.channels());
            table.add("bias", Role.NORM_SHIFT, b.channels());
            table.add("running_mean", Role.RUNNING_MEAN, b.channels());
            table.add("running_var", Role.RUNNING_VARIANCE, b.channels());
        }
        return table.slices;
    }

    /** The slices of one node, each placed after the one before. */
    private static final class Table {
        private final List<Slice> slices = new ArrayList<>();
        private final String node;
        private int offset;

        Table(String node, int offset) {
            this.node = node;
            this.offset = offset;
        }

        void add(String name, Role role, Integer... shape) {
            Slice slice = new Slice(node + "." + name, node, List.of(shape), offset, role);
            slices.add(slice);
            offset = slice.end();
        }
    }

    public Optional<Slice> find(String name) {
        return slices.stream().filter(slice -> slice.name().equals(name)).findFirst();
    }

    public Slice slice(String name) {
        return find(name)
                .orElseThrow(
                        () -> Failure.state("Cannot find tensor '%s': the model has %d others", name, slices.size()));
    }

    /** How many elements are learned: what people call the number of parameters. */
    public int parameters() {
        return slices.stream()
                .filter(slice -> slice.role().learned())
                .mapToInt(Slice::length)
                .sum();
    }
}
