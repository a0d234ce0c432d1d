package io.squadron.diagnosis;

import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.engine.NetworkInput;
import io.squadron.engine.Normalisation;
import io.squadron.engine.Session;
import io.squadron.engine.StepResult;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.optim.Optimiser;
import io.squadron.optim.OptimiserState;
import io.squadron.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures an open network. Activations are those of evaluation mode, gradients those of training mode.
 *
 * @param session on weights of its own: gradients move the running statistics, as training does
 * @param normalisation the one that the session was opened with
 * @param optimiser whose update is measured, at {@code rate}
 */
public record Looking(Session session, ModelSpec spec, Normalisation normalisation, Optimiser optimiser, double rate) {

    /** The whole measurement: activations first, as gradients change the running statistics. */
    public NetworkReading at(String name, List<Batch> batches) {
        List<Place> places = Place.of(spec);
        Set<String> nodes = new LinkedHashSet<>();
        places.forEach(place -> {
            nodes.add(place.input());
            if (!place.units().isEmpty()) {
                nodes.add(place.units());
            }
        });
        Map<String, Activity> activities = activities(batches, nodes);
        Gradients gradients = gradients(batches, places);
        List<LayerReading> layers = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            layers.add(new LayerReading(
                    place,
                    activities.get(place.input()),
                    Optional.ofNullable(activities.get(place.units())),
                    gradients.readings().get(i)));
        }
        return new NetworkReading(name, gradients.loss(), gradients.images(), layers);
    }

    /** Activations alone, of the inputs of {@link Place#of}. */
    public Map<String, Activity> inputs(List<Batch> batches) {
        Set<String> nodes = new LinkedHashSet<>();
        Place.of(spec).forEach(place -> nodes.add(place.input()));
        return activities(batches, nodes);
    }

    /**
     * Puts the statistics of {@code images} in the place of the running ones of all batch norms: what evaluation mode gives
     * afterwards is what training mode gives on these images. For fresh weights, whose running statistics say nothing.
     */
    public void settle(Images images) {
        Weights weights = session.weights();
        Map<String, float[]> fresh = new LinkedHashMap<>();
        session.observe(images, (node, mine) -> {
            float[] mean = new float[mine.channels()];
            float[] variance = new float[mine.channels()];
            for (int c = 0; c < mean.length; c++) {
                mean[c] = (float) mine.mean()[c];
                variance[c] = (float) mine.biasedVariance(c);
            }
            fresh.put(node + ".running_mean", mean);
            fresh.put(node + ".running_var", variance);
            return mine;
        });
        fresh.forEach(weights::setSlice);
    }

    private Map<String, Activity> activities(List<Batch> batches, Set<String> nodes) {
        Map<String, Shape> shapes = spec.shapes();
        Map<String, Activity> found = new LinkedHashMap<>();
        for (String node : nodes) {
            ChannelSums sums = new ChannelSums(shapes.get(node).channels());
            for (Batch batch : batches) {
                sums.add(leaving(node, batch.images()), batch.count());
            }
            found.put(node, sums.activity());
        }
        return found;
    }

    private float[] leaving(String node, Images images) {
        if (!node.equals(ModelSpec.INPUT)) {
            return session.features(images, node);
        }
        float[] values =
                new float[Math.multiplyExact(images.count(), spec.input().elements())];
        new NetworkInput(spec.input(), normalisation).write(images, 0, images.count(), values);
        return values;
    }

    /** @param readings by place */
    private record Gradients(double loss, int images, List<GradientReading> readings) {}

    private Gradients gradients(List<Batch> batches, List<Place> places) {
        StepResult all = StepResult.empty();
        double[] gradient = new double[places.size()];
        double[] update = new double[places.size()];
        List<OptimiserState> states = places.stream()
                .map(place -> OptimiserState.fresh(optimiser, slice(place).length()))
                .toList();
        for (Batch batch : batches) {
            StepResult result = session.step(batch);
            all = all.merge(result);
            for (int i = 0; i < places.size(); i++) {
                float[] mean = mean(slice(places.get(i)), result.samples());
                gradient[i] += squares(mean);
                update[i] = updated(slice(places.get(i)), mean, states.get(i));
            }
        }
        List<GradientReading> readings = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            double weight = squares(session.weights().slice(slice(places.get(i)).name()));
            readings.add(new GradientReading(
                    Math.sqrt(gradient[i] / batches.size()), Math.sqrt(weight), Math.sqrt(update[i])));
        }
        return new Gradients(all.lossSum() / all.samples(), all.samples(), readings);
    }

    private Slice slice(Place place) {
        return session.weights().layout().slice(place.layer() + ".weight");
    }

    private float[] mean(Slice slice, int samples) {
        float[] mean = new float[slice.length()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = session.gradient()[slice.offset() + i] / samples;
        }
        return mean;
    }

    /** Square of the norm of the change that the optimiser, with what it remembers of the batches before, makes to a copy. */
    private double updated(Slice slice, float[] mean, OptimiserState state) {
        float[] before = session.weights().slice(slice.name());
        float[] after = before.clone();
        optimiser.update(after, mean, state, List.of(new ParameterGroup(0, after.length, 1, 0)), rate);
        for (int i = 0; i < after.length; i++) {
            after[i] -= before[i];
        }
        return squares(after);
    }

    private static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }
}
