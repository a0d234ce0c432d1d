package io.squadron.exchange.dl4j;

import io.squadron.exchange.Bins;
import io.squadron.model.Layer;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Weights;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Weights in the layouts of Deeplearning4j's own layers. */
record PlainWeights(Weights weights, Map<String, Shape> shapes) {
    /**
     * Fills one layer.
     *
     * @param owed the average pool whose work a dense layer does beside its own
     */
    void fill(org.deeplearning4j.nn.api.Layer target, Node node, Optional<Node> owed) {
        if (node.layer() instanceof Layer.Convolution c) {
            set(target, "W", whole(c, weights.slice(node.name() + ".weight")));
            bias(target, node, c.bias());
        } else if (node.layer() instanceof Layer.Dense d) {
            float[] values = weights.slice(node.name() + ".weight");
            values = owed.isPresent() ? spread(values, d, owed.get()) : values;
            int in = values.length / d.out();
            INDArray matrix = Nd4j.createFromArray(values).reshape('c', d.out(), in);
            target.getParam("W").assign(matrix.transpose());
            bias(target, node, d.bias());
        } else {
            set(target, "gamma", weights.slice(node.name() + ".weight"));
            set(target, "beta", weights.slice(node.name() + ".bias"));
            set(target, "mean", weights.slice(node.name() + ".running_mean"));
            set(target, "var", weights.slice(node.name() + ".running_var"));
        }
    }

    private void bias(org.deeplearning4j.nn.api.Layer target, Node node, boolean has) {
        if (has) {
            set(target, "b", weights.slice(node.name() + ".bias"));
        }
    }

    private static void set(org.deeplearning4j.nn.api.Layer target, String name, float[] values) {
        INDArray parameter = target.getParam(name);
        parameter.assign(Nd4j.createFromArray(values).reshape('c', parameter.shape()));
    }

    /** [out, in / groups, kh, kw] to [out, in, kh, kw], zero where an output does not see an input. */
    private static float[] whole(Layer.Convolution c, float[] values) {
        if (c.groups() == 1) {
            return values;
        }
        int area = c.window().kernelHeight() * c.window().kernelWidth();
        int seen = c.in() / c.groups() * area;
        float[] whole = new float[Math.multiplyExact(c.out(), c.in() * area)];
        for (int out = 0; out < c.out(); out++) {
            int group = out / (c.out() / c.groups());
            System.arraycopy(values, out * seen, whole, out * c.in() * area + group * seen, seen);
        }
        return whole;
    }

    /** w'[o, c, i, j] = sum over bins p, q of w[o, c, p, q] rows[p, i] columns[q, j]. // [out, c * height * width] */
    private float[] spread(float[] values, Layer.Dense d, Node pool) {
        Shape in = shapes.get(pool.inputs().get(0));
        Layer.AdaptiveAveragePool bins = (Layer.AdaptiveAveragePool) pool.layer();
        float[] rows = Bins.matrix(in.height(), bins.height());
        float[] columns = Bins.matrix(in.width(), bins.width());
        int area = in.height() * in.width();
        float[] spread = new float[Math.multiplyExact(d.out() * in.channels(), area)];
        for (int at = 0; at < values.length; at++) {
            int plane = at / (bins.height() * bins.width());
            int p = at / bins.width() % bins.height();
            int q = at % bins.width();
            for (int place = 0; place < area; place++) {
                float share = rows[p * in.height() + place / in.width()] * columns[q * in.width() + place % in.width()];
                spread[plane * area + place] += values[at] * share;
            }
        }
        return spread;
    }
}
