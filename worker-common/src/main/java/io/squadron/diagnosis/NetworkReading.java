package io.squadron.diagnosis;

import java.util.List;

/**
 * What was measured of one network on one kind of images.
 *
 * @param name what it is, as a page shall say it
 * @param loss mean of the batches that the gradients are of, in nats, in training mode
 * @param images that were looked at
 * @param layers in the order of the network
 */
public record NetworkReading(String name, double loss, int images, List<LayerReading> layers) {
    public NetworkReading {
        layers = List.copyOf(layers);
    }
}
