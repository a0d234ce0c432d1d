package io.squadron.image.synthetic;

import io.squadron.random.RandomStream;

/**
 * A shape in its place; lengths as shares of the image's side.
 */
record Thing(Outline outline, Placing placing, Texture texture, Colour colour, Colour second) {
    /** Where a thing is, how large, and the cosine and sine of its turn. */
    record Placing(double x, double y, double radius, double cos, double sin) {
        static Placing random(RandomStream random, double spread, double low, double high) {
            double angle = random.between(0, 2 * Math.PI);
            return new Placing(
                    0.5 + random.between(-spread, spread),
                    0.5 + random.between(-spread, spread),
                    random.between(low, high),
                    StrictMath.cos(angle),
                    StrictMath.sin(angle));
        }
    }

    /** The subject: large, near the middle, turned a little or a lot. */
    static Thing subject(Outline outline, RandomStream random) {
        return random(outline, Placing.random(random, 0.12, 0.22, 0.36), 0.85, random);
    }

    /** Something small and pale anywhere. */
    static Thing clutter(RandomStream random) {
        Outline[] outlines = Outline.values();
        Outline outline = outlines[random.nextInt(outlines.length)];
        return random(outline, Placing.random(random, 0.5, 0.03, 0.07), 0.35, random);
    }

    private static Thing random(Outline outline, Placing placing, double saturation, RandomStream random) {
        Texture[] textures = Texture.values();
        Texture texture = textures[random.nextInt(textures.length)];
        Colour first = Colour.random(random, saturation, random.between(0.75, 1));
        return new Thing(outline, placing, texture, first, Colour.random(random, saturation, 0.5));
    }

    /** Signed distance from (x, y) to the outline, in shares of the side. */
    double distance(double x, double y) {
        return outline.distance(across(x, y), down(x, y)) * placing.radius();
    }

    /** Its colour at (x, y), brighter towards the light at the upper left. */
    Colour at(double x, double y) {
        double light = texture.light(across(x, y), down(x, y));
        double slope = ((placing.x() - x) + (placing.y() - y)) / placing.radius();
        return second.towards(colour, light).times(0.88 + 0.12 * Math.max(-1, Math.min(1, slope)));
    }

    private double across(double x, double y) {
        return (placing.cos() * (x - placing.x()) + placing.sin() * (y - placing.y())) / placing.radius();
    }

    private double down(double x, double y) {
        return (placing.cos() * (y - placing.y()) - placing.sin() * (x - placing.x())) / placing.radius();
    }
}
