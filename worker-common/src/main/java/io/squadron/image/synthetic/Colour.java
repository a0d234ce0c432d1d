package io.squadron.image.synthetic;

import io.squadron.random.RandomStream;

/** A colour; parts from 0 to 1. */
record Colour(double red, double green, double blue) {
    /** A hue at random with the given saturation and value (HSV). */
    static Colour random(RandomStream random, double saturation, double value) {
        double hue = random.between(0, 6);
        return new Colour(
                part(hue, 5, saturation, value), part(hue, 3, saturation, value), part(hue, 1, saturation, value));
    }

    private static double part(double hue, double offset, double saturation, double value) {
        double k = (hue + offset) % 6;
        return value - value * saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k)));
    }

    Colour times(double light) {
        return new Colour(red * light, green * light, blue * light);
    }

    /** This colour where {@code share} is 0, the other where it is 1. */
    Colour towards(Colour other, double share) {
        return new Colour(
                red + (other.red - red) * share,
                green + (other.green - green) * share,
                blue + (other.blue - blue) * share);
    }
}
