package io.squadron.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two kinds of images through the same network.
 *
 * @param layers in the order of the network
 */
public record Domains(String oldName, String newName, List<LayerShift> layers) {
    public Domains {
        layers = List.copyOf(layers);
    }

    /**
     * Compares what enters each layer.
     *
     * @param again other images of the old kind, by the node that enters a layer: {@link Looking#inputs}
     */
    public static Domains of(NetworkReading old, Map<String, Activity> again, NetworkReading other) {
        List<LayerShift> layers = new ArrayList<>();
        for (int i = 0; i < old.layers().size(); i++) {
            LayerReading layer = old.layers().get(i);
            Activity before = layer.input();
            layers.add(new LayerShift(
                    layer.place().layer(),
                    Shift.between(before, other.layers().get(i).input()),
                    Shift.between(before, again.get(layer.place().input())).distance()));
        }
        return new Domains(old.name(), other.name(), layers);
    }
}
