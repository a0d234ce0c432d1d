package io.squadron.jobs.compose;

import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.util.List;

/** Every augmentation there is, strong enough to be seen: for preview, not for training. */
public final class Showcase {
    private static final String OFF = "augment { crop = none, horizontal-flip = 0 }, ";

    private Showcase() {}

    /** Configurations that together switch on everything, each once. */
    public static List<JobConfig> configurations() {
        return List.of(
                of("""
                        augment {
                          crop = resized, crop-scale-min = 0.1, horizontal-flip = 0.5, vertical-flip = 0.5,
                          rotate-degrees = 45, zoom = 1.0, shear-degrees = 25, perspective = 0.7,
                          brightness = 0.6, contrast = 0.8, saturation = 1.0, hue = 0.5, grayscale = 0.5,
                          sharpness = 1.0, blur = 1.0, blur-sigma = 4.0, noise = 0.1, salt = 0.05,
                          jpeg = 1.0, jpeg-quality = 3, erase = 1.0
                        }"""),
                of(OFF + "augment { crop = padded, crop-padding = 16 }"),
                of(OFF + "augment.policy { name = rand-augment, operations = 2, magnitude = 20 }"),
                of(OFF + "augment.policy { name = trivial-augment }"),
                of(OFF + "augment.policy { name = aug-mix, severity = 10 }"));
    }

    private static JobConfig of(String text) {
        return JobConfig.load(List.of(new ConfigSource.Text("showcase", "squadron { " + text + " }")));
    }
}
