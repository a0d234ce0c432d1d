package io.squadron.engine.onednn;

import io.squadron.model.Shape;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/** What all programs of a session stand on. */
record Ground(
        Map<String, Shape> shapes,
        Supply supply,
        Gradients gradients,
        Map<String, TrainedNorm> norms,
        memory.data_type type,
        Delivery delivery) {}
