package io.squadron.exchange;

import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out whose names a file has, and below which wrappers ("state_dict", "module.", a running average) the network lies
 * there: the copy and the {@link NameMap} by which most names become those of the network.
 */
final class Naming {
    private static final Set<String> WRAPPERS =
            Set.of("state_dict", "model_state_dict", "model", "net", "network", "module", "_orig_mod", "backbone");
    private static final Set<String> AVERAGES =
            Set.of("state_dict_ema", "model_ema", "ema", "ema_state_dict", "model_ema_state_dict", "ema_model");

    private Naming() {}

    /** A name taken apart. */
    private record Part(String wrapper, String inner) {
        static Part of(String name) {
            int begin = 0;
            int dot = name.indexOf('.');
            while (dot > 0) {
                String token = name.substring(begin, dot);
                if (!WRAPPERS.contains(token) && !AVERAGES.contains(token)) {
                    break;
                }
                begin = dot + 1;
                dot = name.indexOf('.', begin);
            }
            return new Part(name.substring(0, begin), name.substring(begin));
        }
    }

    /** One copy under one map. */
    private record Candidate(String wrapper, NameMap map, long hits) {
        boolean average() {
            return List.of(wrapper.split("\\.")).stream().anyMatch(AVERAGES::contains);
        }
    }

    /** The mapping by which {@code file} fits {@code spec} best. */
    static Mapping of(TensorFile file, ModelSpec spec, PretrainedCopy copy) {
        Map<String, List<TensorEntry>> copies = new LinkedHashMap<>();
        for (TensorEntry entry : file.entries()) {
            copies.computeIfAbsent(Part.of(entry.name()).wrapper(), key -> new ArrayList<>())
                    .add(entry);
        }
        Set<String> wanted = spec.layout().slices().stream().map(Slice::name).collect(Collectors.toSet());
        Candidate best = copies.entrySet().stream()
                .flatMap(each -> List.of(NameMap.values()).stream()
                        .map(map -> new Candidate(each.getKey(), map, hits(each.getValue(), map, wanted))))
                .max(Comparator.<Candidate>comparingLong(each -> rank(each, copy))
                        .thenComparing(each -> each.map() == NameMap.TORCHVISION)
                        .thenComparing(each -> -each.wrapper().length()))
                .orElse(new Candidate("", NameMap.TORCHVISION, 0));
        return mapping(file, best);
    }

    /** By hits; of copies that hit alike the wanted one. */
    private static long rank(Candidate candidate, PretrainedCopy copy) {
        return 2 * candidate.hits() + (candidate.average() == (copy == PretrainedCopy.AVERAGE) ? 1 : 0);
    }

    private static long hits(List<TensorEntry> entries, NameMap map, Set<String> wanted) {
        return entries.stream()
                .map(entry -> map.ours(Part.of(entry.name()).inner()))
                .filter(ours -> ours.isPresent() && wanted.contains(ours.get()))
                .count();
    }

    private static Mapping mapping(TensorFile file, Candidate best) {
        List<MappedTensor> tensors = new ArrayList<>();
        List<FittingReport.Unused> passed = new ArrayList<>();
        for (TensorEntry entry : file.entries()) {
            Part part = Part.of(entry.name());
            if (!part.wrapper().equals(best.wrapper())) {
                passed.add(new FittingReport.Unused(entry.name(), entry.shape(), "it lies beside the network"));
            } else if (part.inner().endsWith("num_batches_tracked")) {
                passed.add(
                        new FittingReport.Unused(entry.name(), entry.shape(), "it counts batches, which nobody needs"));
            } else {
                String name = best.map().ours(part.inner()).orElse(part.inner());
                tensors.add(new MappedTensor(name, entry.name(), entry.shape(), () -> file.read(entry)));
            }
        }
        String title = best.map().title()
                + (best.wrapper().isEmpty() ? "" : " below '" + best.wrapper().replaceFirst("\\.$", "") + "'");
        return new Mapping(title, tensors, passed, List.of());
    }
}
