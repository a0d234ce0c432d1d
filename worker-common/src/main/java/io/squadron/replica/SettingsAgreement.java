package io.squadron.replica;

import io.squadron.collective.Collective;
import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the ranks of a round are about to do the same: they compare what they were told before the first number is
 * exchanged, and only if that differs the text of the first setting that does, to say whose. An executor that was started with
 * another jar or another configuration is found so.
 *
 * @param place where this rank runs, for people; empty if it is a thread of the driver's JVM
 */
record SettingsAgreement(TrainingJob job, RoundTask task, Collective collective, String place) {
    /** Fails on all ranks, with the same words, where one of them has other settings than rank 0. */
    void require() {
        Map<String, String> settings = settings();
        List<String> names = List.copyOf(settings.keySet());
        double[] mine = settings.values().stream().mapToDouble(String::hashCode).toArray();
        double[][] all = collective.allGather("settings of round " + task.round(), mine);
        for (int rank = 1; rank < all.length; rank++) {
            int differs = Arrays.mismatch(all[0], all[rank]);
            if (differs >= 0) {
                throw differing(rank, names.get(Math.min(differs, names.size() - 1)), settings);
            }
        }
    }

    private Failure differing(int rank, String name, Map<String, String> settings) {
        String where = place.isEmpty() ? "" : " at " + place;
        List<String> said = texts("setting '" + name + "'", "%s%s".formatted(settings.get(name), where));
        return Failure.usage(
                "Cannot begin round %d: rank %d has %s %s (expected that of rank 0: %s). Start every executor with the same jar "
                        + "and the same configuration; nothing of the round was computed",
                task.round(), rank, name, said.get(rank), said.get(0));
    }

    private List<String> texts(String what, String mine) {
        List<String> texts = new ArrayList<>();
        for (double[] each :
                collective.allGather(what, mine.chars().asDoubleStream().toArray())) {
            StringBuilder text = new StringBuilder();
            Arrays.stream(each).forEach(letter -> text.append((char) letter));
            texts.add(text.toString());
        }
        return texts;
    }

    /** What has to be the same, in words; records and enums alone, whose words are the same in every JVM. */
    private Map<String, String> settings() {
        Network network = job.network();
        Synchronisation sync = job.sync();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "network",
                "%s of %d values"
                        .formatted(
                                network.spec().architecture(),
                                network.spec().layout().parameters()));
        settings.put("engine", network.engine());
        settings.put("precision", String.valueOf(job.placement().compute().precision()));
        settings.put("loss", String.valueOf(network.loss()));
        settings.put("optimiser", String.valueOf(job.learning().optimiser()));
        settings.put(
                "running average of the weights", String.valueOf(job.learning().weightAverage()));
        settings.put("gradient wire", String.valueOf(sync.gradientWire()));
        settings.put("batch norm", "%s, %s".formatted(sync.batchNorm(), sync.statistics()));
        settings.put("number of replicas", String.valueOf(sync.replicas()));
        settings.put("seed of the sample order", String.valueOf(job.feeding().seed()));
        settings.put(
                "phases", String.valueOf(job.phases().stream().map(Phase::from).toList()));
        settings.put("first step", String.valueOf(task.startStep()));
        settings.put("steps", String.valueOf(task.steps()));
        return settings;
    }
}
