package io.squadron.image.synthetic;

/** The light and the camera: models trained under one are fine-tuned to another. */
public enum Domain {
    /** Warm, full contrast, a hard shadow. */
    SUNNY(1, 0.45, 0.02, 0, 1, 0),
    /** Cool, little contrast, hardly a shadow. */
    CLOUDY(0.55, 0.15, 0.12, 0, 1, 0),
    /** Dim, with the grain of a sensor at its limit. */
    NOISY(0.8, 0.3, 0.05, 22, 1, 0),
    /** A quarter of the light, cool, with grain. */
    NIGHT(0.7, 0.2, 0.2, 9, 0.28, 0),
    /** Everything on its way to a light grey, no shadow. */
    FOG(0.6, 0.05, 0.3, 0, 1, 0.6);

    private final double contrast;
    private final double shadow;
    private final double softness;
    private final double grain;
    private final double light;
    private final double haze;

    Domain(double contrast, double shadow, double softness, double grain, double light, double haze) {
        this.contrast = contrast;
        this.shadow = shadow;
        this.softness = softness;
        this.grain = grain;
        this.light = light;
        this.haze = haze;
    }

    /** How far colours are from middle grey, 0..1. */
    double contrast() {
        return contrast;
    }

    /** Share of light that a shadow takes away. */
    double shadow() {
        return shadow;
    }

    /** Width of a shadow's edge, as a share of the image's side. */
    double softness() {
        return softness;
    }

    /** Standard deviation of the noise, in levels. */
    double grain() {
        return grain;
    }

    /** What reaches the camera of a scene's light, 0..1. */
    double light() {
        return light;
    }

    /** Share of a light grey in every colour, 0..1. */
    double haze() {
        return haze;
    }
}
