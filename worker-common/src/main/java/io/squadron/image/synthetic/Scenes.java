package io.squadron.image.synthetic;

import io.squadron.failure.Failure;
import io.squadron.image.GaussianNoise;
import io.squadron.image.Image;
import io.squadron.random.RandomStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Draws labelled scenes: one large shape, whose outline is the class, with a texture, a turn and a shadow, on an uneven
 * ground among small clutter. Pure in (seed, domain, label, number); antialiased by the distance to the outlines.
 *
 * @param size side of the images in pixels, 28 to 256
 */
public record Scenes(long seed, Domain domain, int size) {
    private static final int CLUTTER = 6;
    /** How light fog is. */
    private static final double FOGGY = 0.78;

    public Scenes {
        if (size < 28 || size > 256) {
            throw Failure.usage(
                    "Cannot draw scenes of %d x %d pixels (expected 28 to 256). Choose another size", size, size);
        }
    }

    /** Names by label: circle, cross, ring, square, star, triangle. */
    public static List<String> classes() {
        return Stream.of(Outline.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    public Image draw(int label, long number) {
        RandomStream random = RandomStream.of(seed, "scene " + domain, label, number);
        Ground ground = Ground.random(random);
        List<Thing> clutter = Stream.generate(() -> Thing.clutter(random))
                .limit(random.nextInt(CLUTTER + 1))
                .toList();
        Thing subject = Thing.subject(Outline.valueOf(classes().get(label).toUpperCase(Locale.ROOT)), random);
        byte[] pixels = new byte[size * size * Image.CHANNELS];
        for (int i = 0; i < size * size; i++) {
            int row = i / size;
            double x = (i - row * size + 0.5) / size;
            double y = (row + 0.5) / size;
            store(pixels, i * Image.CHANNELS, colour(ground, clutter, subject, x, y));
        }
        Image image = new Image(size, size, pixels);
        return domain.grain() > 0 ? new GaussianNoise(domain.grain()).apply(image, random) : image;
    }

    private Colour colour(Ground ground, List<Thing> clutter, Thing subject, double x, double y) {
        Colour colour = ground.at(x, y);
        for (Thing each : clutter) {
            colour = colour.towards(each.at(x, y), cover(each.distance(x, y), 1.0 / size));
        }
        double shade = cover(subject.distance(x - 0.04, y - 0.05), domain.softness() + 1.0 / size);
        colour = colour.times(1 - domain.shadow() * shade);
        return colour.towards(subject.at(x, y), cover(subject.distance(x, y), 1.0 / size));
    }

    /** How much of a pixel lies inside, for an edge {@code width} wide: 1 inside, 0 outside, a ramp between. */
    private static double cover(double distance, double width) {
        return Math.max(0, Math.min(1, 0.5 - distance / width));
    }

    private void store(byte[] pixels, int at, Colour colour) {
        double contrast = domain.contrast();
        // Clouds leave the blue of the light and take some of the red.
        double warmth = 0.08 * (contrast - 0.75);
        pixels[at] = level(seen(0.5 + (colour.red() - 0.5) * contrast + warmth));
        pixels[at + 1] = level(seen(0.5 + (colour.green() - 0.5) * contrast));
        pixels[at + 2] = level(seen(0.5 + (colour.blue() - 0.5) * contrast - warmth));
    }

    /** What the camera gets of a part of a colour, through the haze and at that light. */
    private double seen(double part) {
        return (part + (FOGGY - part) * domain.haze()) * domain.light();
    }

    private static byte level(double part) {
        return (byte) (int) Math.rint(255 * Math.max(0, Math.min(1, part)));
    }
}
