package io.squadron.exchange;

import io.squadron.failure.Failure;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of weights laid over a network, tensor by tensor. Every tensor is used or reported. What the network needs and the
 * file lacks, or has in another shape, is a failure of kind DATA that names both sides; so is a tensor of a layer that the
 * network lacks, because then the file is of another network. Only heads may differ: they begin anew.
 */
public final class Fitting {
    private static final int SHOWN = 5;

    private final TensorFile file;
    private final ModelSpec spec;
    private final int freshDepth;
    private final List<FittingReport.Used> used = new ArrayList<>();
    private final List<FittingReport.Unused> unused = new ArrayList<>();
    private final List<FittingReport.Fresh> fresh = new ArrayList<>();
    private final Map<String, MappedTensor> taken = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Mapping mapping;

    private Fitting(TensorFile file, ModelSpec spec, PretrainedChoice choice) {
        this.file = file;
        this.spec = spec;
        this.freshDepth = choice.freshDepth();
        this.mapping = mapping(file, spec, choice);
    }

    /** Finds the place of every tensor; reads none of them. */
    public static Fitting of(TensorFile file, ModelSpec spec, PretrainedChoice choice) {
        Fitting fitting = new Fitting(file, spec, choice);
        fitting.match();
        return fitting;
    }

    /** The names and layouts of {@code file}, as they fit {@code spec} best. */
    static Mapping mapping(TensorFile file, ModelSpec spec, PretrainedChoice choice) {
        return file instanceof SelfNamed named ? named.mapping(spec) : Naming.of(file, spec, choice.copy());
    }

    public FittingReport report() {
        return new FittingReport(file.where(), mapping.names(), used, unused, fresh, mapping.notes());
    }

    /** Reads the tensors into {@code weights}, one after the other; slices that begin anew are left as they are. */
    public void fill(Weights weights) {
        taken.forEach((name, tensor) -> {
            float[] values = tensor.values().get();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw Failure.data(
                            "Cannot use %s: element %d of tensor '%s' is %s (expected a finite number). "
                                    + "Its training broke: use an earlier checkpoint of it",
                            file.where(), i, tensor.source(), values[i]);
                }
            }
            weights.setSlice(name, values);
        });
    }

    private void match() {
        Map<String, MappedTensor> rest = new LinkedHashMap<>();
        for (MappedTensor tensor : mapping.tensors()) {
            MappedTensor other = rest.put(tensor.name(), tensor);
            if (other != null) {
                problems.add("'%s' and '%s' of the file are both %s"
                        .formatted(other.source(), tensor.source(), tensor.name()));
            }
        }
        Set<String> anew = freshNodes();
        Set<String> heads = heads();
        Map<String, List<Slice>> nodes = new LinkedHashMap<>();
        spec.layout()
                .slices()
                .forEach(slice -> nodes.computeIfAbsent(slice.node(), key -> new ArrayList<>())
                        .add(slice));
        nodes.forEach((node, slices) -> {
            if (anew.contains(node)) {
                beginAnew(slices, rest, "of the last stages, %d of which begin anew".formatted(freshDepth));
            } else if (heads.contains(node) && !fits(slices, rest)) {
                beginAnew(slices, rest, "the file has " + found(slices, rest));
            } else {
                slices.forEach(slice -> take(slice, rest));
            }
        });
        rest.values().forEach(this::leave);
        unused.addAll(mapping.passed());
        requireNoProblems();
    }

    private Set<String> freshNodes() {
        List<Set<String>> stages = Freeze.stages(spec);
        if (freshDepth < 0 || freshDepth > stages.size()) {
            throw Failure.usage(
                    "Cannot begin %d stages of %s anew: it has %d (expected 0 to %d)",
                    freshDepth, spec.architecture(), stages.size(), stages.size());
        }
        Set<String> nodes = new HashSet<>();
        stages.subList(stages.size() - freshDepth, stages.size()).forEach(nodes::addAll);
        return nodes;
    }

    /** What may differ: the layers that give logits, what a hidden head has below them, and auxiliary heads as a whole. */
    private Set<String> heads() {
        Set<String> nodes = new HashSet<>();
        String last = spec.output().name();
        boolean hidden = last.matches("(fc|classifier\\.6)\\.3");
        String head = hidden ? last.substring(0, last.length() - 2) : last;
        for (Slice slice : spec.layout().slices()) {
            String node = slice.node();
            boolean inside = node.equals(head) || node.startsWith(head + ".");
            boolean auxiliary = spec.auxiliaries().stream()
                    .anyMatch(each ->
                            node.startsWith(each.node().substring(0, each.node().indexOf('.') + 1)));
            if (inside || auxiliary) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private static boolean fits(List<Slice> slices, Map<String, MappedTensor> rest) {
        return slices.stream().allMatch(slice -> rest.containsKey(slice.name()) && fits(slice, rest.get(slice.name())));
    }

    /** A 1x1 or whole-image convolution has the numbers of a dense layer in the same order. */
    private static boolean fits(Slice slice, MappedTensor tensor) {
        if (tensor.shape().equals(slice.shape())) {
            return true;
        }
        return slice.shape().size() == 2
                && tensor.shape().size() == 4
                && tensor.shape().get(0).equals(slice.shape().get(0))
                && tensor.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b) == slice.length();
    }

    private static String found(List<Slice> slices, Map<String, MappedTensor> rest) {
        List<String> found = slices.stream()
                .filter(slice -> rest.containsKey(slice.name()))
                .map(slice -> "'" + rest.get(slice.name()).source() + "' of shape "
                        + rest.get(slice.name()).shape())
                .toList();
        return found.isEmpty() ? "no such layer" : String.join(" and ", found);
    }

    private void beginAnew(List<Slice> slices, Map<String, MappedTensor> rest, String reason) {
        for (Slice slice : slices) {
            fresh.add(new FittingReport.Fresh(slice.name(), slice.shape(), reason));
            MappedTensor tensor = rest.remove(slice.name());
            if (tensor != null) {
                unused.add(new FittingReport.Unused(
                        tensor.source(), tensor.shape(), slice.name() + " of shape " + slice.shape() + " begins anew"));
            }
        }
    }

    private void take(Slice slice, Map<String, MappedTensor> rest) {
        MappedTensor tensor = rest.remove(slice.name());
        if (tensor == null) {
            problems.add("the file has no tensor for %s of shape %s".formatted(slice.name(), slice.shape()));
        } else if (!fits(slice, tensor)) {
            problems.add("the file's '%s' has shape %s, but %s has shape %s"
                    .formatted(tensor.source(), tensor.shape(), slice.name(), slice.shape()));
        } else {
            taken.put(slice.name(), tensor);
            used.add(new FittingReport.Used(tensor.source(), slice.name(), slice.shape()));
        }
    }

    private void leave(MappedTensor tensor) {
        String stage = first(tensor.name());
        if (stage.startsWith("aux")) {
            unused.add(new FittingReport.Unused(
                    tensor.source(), tensor.shape(), "it is of an auxiliary head, which this network leaves out"));
        } else if (inHead(tensor.name())) {
            unused.add(new FittingReport.Unused(tensor.source(), tensor.shape(), "it is of another head"));
        } else if (spec.layout().slices().stream()
                .anyMatch(slice -> first(slice.name()).equals(stage))) {
            problems.add("the file's '%s' of shape %s belongs to no layer of this network"
                    .formatted(tensor.source(), tensor.shape()));
        } else {
            unused.add(new FittingReport.Unused(
                    tensor.source(), tensor.shape(), spec.architecture() + " has nothing of this name"));
        }
    }

    private boolean inHead(String name) {
        String last = spec.output().name();
        String head = last.matches("(fc|classifier\\.6)\\.3") ? last.substring(0, last.length() - 2) : last;
        return name.startsWith(head + ".");
    }

    private static String first(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private void requireNoProblems() {
        if (used.isEmpty() && problems.size() > SHOWN) {
            throw Failure.data(
                    "Cannot fit %s to %s: none of its %d tensors is one of the network's %d, the first of them '%s' "
                            + "(expected names of torchvision, timm or Hugging Face). Name its architecture",
                    file.where(),
                    spec.architecture(),
                    file.entries().size(),
                    spec.layout().slices().size(),
                    file.entries().isEmpty() ? "" : file.entries().get(0).name());
        }
        if (!problems.isEmpty()) {
            throw Failure.data(
                    "Cannot fit %s to %s: %s%s (expected every layer but the head in its shape). "
                            + "Name the architecture and the stem that the file was made with",
                    file.where(),
                    spec.architecture(),
                    String.join("; ", problems.subList(0, Math.min(SHOWN, problems.size()))),
                    problems.size() > SHOWN ? "; and " + (problems.size() - SHOWN) + " more" : "");
        }
    }
}
