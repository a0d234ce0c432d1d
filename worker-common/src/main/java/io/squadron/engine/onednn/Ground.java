package io.squadron.engine.onednn;

import io.squadron.model.Layout;
import io.squadron.model.Shape;
import java.util.Map;

/** What all programs of a session stand on. */
record Ground(
        Map<String, Shape> shapes,
        Layout layout,
        Flat weights,
        Flat gradient,
        Map<String, TrainedNorm> norms,
        Delivery delivery) {}
