package io.squadron.image;

import io.squadron.random.RandomStream;

/** The factor of a colour change, as torchvision draws it. */
final class Strength {
    private Strength() {}

    static double factor(double strength, RandomStream random) {
        return random.between(Math.max(0, 1 - strength), 1 + strength);
    }
}
