package io.squadron.replica;

import io.squadron.collective.Alone;
import io.squadron.collective.Collective;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Local SGD: every rank trains by itself for N steps, then all take the mean of their parameters, weighted by the samples
 * each has seen since the last time. Also brings the running statistics of batch norms together, in the modes that let
 * them part: the mean of means, and E[variance + mean^2] - mean^2 for the variances.
 */
final class ParameterAveraging {
    private final Synchronisation sync;
    private final ReplicaState state;
    private Collective collective = new Alone();
    private long samples;
    private boolean parted;

    ParameterAveraging(TrainingJob job, ReplicaState state) {
        this.sync = job.sync();
        this.state = state;
    }

    void enter(Collective other) {
        collective = other;
        samples = 0;
        parted = false;
    }

    /** Notes that this rank has learned from {@code count} more samples, by itself unless gradients were exchanged. */
    void learned(int count, StepPlan.Exchange exchange) {
        samples += count;
        parted |= exchange != StepPlan.Exchange.GRADIENTS;
    }

    /** At the end of a period. */
    void average(String when) {
        average(when, sync.slots());
    }

    /** At the end of a round, where the state must be one: averages what is left, momentum included. */
    void settle(String when) {
        average(when, Synchronisation.OptimiserSlots.AVERAGED);
        if (sync.batchNorm() == Synchronisation.BatchNormMode.LOCAL) {
            for (Slice slice : state.weights().layout().slices()) {
                if (!slice.role().learned()) {
                    collective.broadcast(
                            "running statistics " + slice.name(),
                            0,
                            state.weights().values(),
                            slice.offset(),
                            slice.length());
                }
            }
        }
    }

    private void average(String when, Synchronisation.OptimiserSlots slots) {
        boolean parameters = parted;
        boolean statistics = sync.batchNorm() == Synchronisation.BatchNormMode.AVERAGED;
        if (collective.size() == 1 || !(parameters || statistics)) {
            // Equal weights: whatever was learned until now weighs nothing in the next mean.
            samples = 0;
            return;
        }
        double total = total(when);
        if (total == 0 && !parted) {
            return;
        }
        float share = total == 0 ? 1f / collective.size() : (float) (samples / total);
        samples = 0;
        parted = parted && slots == Synchronisation.OptimiserSlots.KEPT;
        Weights weights = state.weights();
        if (statistics) {
            toSecondMoments(weights);
        }
        for (Slice slice : weights.layout().slices()) {
            if (slice.role().learned() ? parameters : statistics) {
                mean(when + ", " + slice.name(), weights.values(), slice.offset(), slice.length(), share);
            }
        }
        if (statistics) {
            toVariances(weights);
        }
        if (parameters) {
            for (float[] vector : vectorsBeside(slots)) {
                mean(when + ", beside the weights", vector, 0, vector.length, share);
            }
        }
    }

    /** The vectors that are averaged with the parameters: the running average always, optimiser slots if asked. */
    private List<float[]> vectorsBeside(Synchronisation.OptimiserSlots slots) {
        List<float[]> all = new ArrayList<>();
        state.averages().forEach(average -> all.add(average.values()));
        if (slots == Synchronisation.OptimiserSlots.AVERAGED) {
            all.addAll(state.optimiser().slots());
        }
        return all;
    }

    private double total(String when) {
        double total = 0;
        for (double[] each : collective.allGather("samples at " + when, new double[] {samples})) {
            total += each[0];
        }
        return total;
    }

    private void mean(String what, float[] values, int offset, int length, float share) {
        for (int i = offset; i < offset + length; i++) {
            values[i] *= share;
        }
        collective.allReduce("average at " + what, values, offset, length);
    }

    private static void toSecondMoments(Weights weights) {
        shiftVariances(weights, 1);
    }

    private static void toVariances(Weights weights) {
        shiftVariances(weights, -1);
    }

    /** variance += sign * mean^2, for every batch norm. */
    private static void shiftVariances(Weights weights, int sign) {
        float[] values = weights.values();
        List<Slice> slices = weights.layout().slices();
        for (int s = 1; s < slices.size(); s++) {
            Slice variance = slices.get(s);
            if (variance.role() == Role.RUNNING_VARIANCE) {
                int mean = slices.get(s - 1).offset();
                for (int i = 0; i < variance.length(); i++) {
                    values[variance.offset() + i] += sign * values[mean + i] * values[mean + i];
                }
            }
        }
    }
}
