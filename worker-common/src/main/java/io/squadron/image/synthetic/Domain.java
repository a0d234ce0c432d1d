package io.squadron.image.synthetic;

/** The light and the camera: models trained under one are fine-tuned to another. */
public enum Domain {
    /** Warm, full contrast, a hard shadow. */
    SUNNY(1, 0.45, 0.02, 0),
    /** Cool, little contrast, hardly a shadow. */
    CLOUDY(0.55, 0.15, 0.12, 0),
    /** Dim, with the grain of a sensor at its limit. */
    NOISY(0.8, 0.3, 0.05, 22);

    private final double contrast;
    private final double shadow;
    private final double softness;
    private final double grain;

    Domain(double contrast, double shadow, double softness, double grain) {
        this.contrast = contrast;
        this.shadow = shadow;
        this.softness = softness;
        this.grain = grain;
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
}
