package io.squadron.diagnosis;

/**
 * How far new images lie from old ones in what enters one layer.
 *
 * @param shift of the new from the old
 * @param noise distance of two samples of the old from each other: what a shift has to exceed
 */
public record LayerShift(String layer, Shift shift, double noise) {}
