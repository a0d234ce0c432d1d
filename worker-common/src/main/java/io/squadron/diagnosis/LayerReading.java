package io.squadron.diagnosis;

import java.util.Optional;

/**
 * What was measured at one layer.
 *
 * @param input what enters it
 * @param units what leaves its ReLU, if it has one
 * @param gradient of its weights, in training mode
 */
public record LayerReading(Place place, Activity input, Optional<Activity> units, GradientReading gradient) {}
