package io.squadron.engine.dl4j;

import io.squadron.engine.NormSync;
import io.squadron.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;

/**
 * Lets the batch norms of somebody else's graph look at the global batch. The graph's configuration, and the places of its
 * parameters, stay what they are: only the layers at work are others.
 */
public final class GlobalNorms {
    private GlobalNorms() {}

    /** The layers of {@code graph} that are Deeplearning4j's batch norms and train; frozen ones are inside another layer. */
    public static List<Layer> trained(ComputationGraph graph) {
        List<Layer> norms = new ArrayList<>();
        for (Layer layer : graph.getLayers()) {
            if (layer instanceof BatchNormalization) {
                norms.add(layer);
            }
        }
        return norms;
    }

    /**
     * Puts a synchronised layer in the place of each batch norm that trains. Before the graph's first step: its gradients
     * have not been laid out yet.
     */
    public static void install(ComputationGraph graph, NormSync sync) {
        Layer[] layers = graph.getLayers();
        for (int i = 0; i < layers.length; i++) {
            if (layers[i] instanceof BatchNormalization stock) {
                requireWhole(stock);
                GlobalNorm norm = new GlobalNorm(stock, sync);
                layers[i] = norm;
                String name = stock.conf().getLayer().getLayerName();
                ((LayerVertex) graph.getVertex(name)).setLayer(norm);
            }
        }
    }

    /** Deeplearning4j forgets a locked scale or shift in the forward pass if the other one does nothing, but not backward. */
    private static void requireWhole(BatchNormalization stock) {
        var conf = stock.layerConf();
        if (conf.isLockGammaBeta() && (conf.getGamma() == 1) != (conf.getBeta() == 0)) {
            throw Failure.usage(
                    "Cannot synchronise batch norm '%s': gamma is locked to %s and beta to %s (expected both to be locked to "
                            + "the identity 1 and 0, or neither). Deeplearning4j computes others differently forward and "
                            + "backward",
                    conf.getLayerName(), conf.getGamma(), conf.getBeta());
        }
    }
}
