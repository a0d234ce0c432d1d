package io.squadron.image;

import io.squadron.random.RandomStream;

/**
 * What the learned and random policies choose from: the operations of AutoAugment (Cubuk et al. 2018, arXiv:1805.09501), as
 * torchvision has them. Moves are sampled bilinearly and leave black behind.
 */
enum Operation {
    IDENTITY {
        @Override
        void onto(Canvas canvas, double strength) {}
    },
    /** Row y moves left by strength times y. */
    SHEAR_X {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.move(Homography.affine(1, strength, 0, 1), Edge.BLACK);
        }
    },
    SHEAR_Y {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.move(Homography.affine(1, 0, strength, 1), Edge.BLACK);
        }
    },
    /** To the right by as many whole pixels. */
    TRANSLATE_X {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.move(Homography.shift(-(int) strength, 0), Edge.BLACK);
        }
    },
    TRANSLATE_Y {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.move(Homography.shift(0, -(int) strength), Edge.BLACK);
        }
    },
    /** To the left by so many degrees. */
    ROTATE {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.move(Rotation.turn(strength).about(canvas.size()), Edge.BLACK);
        }
    },
    BRIGHTNESS {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.level(Levels.blend(1 + strength, 0));
        }
    },
    COLOUR {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.paint((pixels, levels) -> Saturation.blended(pixels, levels, 1 + strength));
        }
    },
    CONTRAST {
        @Override
        void onto(Canvas canvas, double strength) {
            Contrast.change(canvas, 1 + strength);
        }
    },
    SHARPNESS {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.paint(image -> Sharpness.blended(image, 1 + strength));
        }
    },
    /** Keeps so many of the upper bits of each value. */
    POSTERIZE {
        @Override
        void onto(Canvas canvas, double strength) {
            int mask = -(1 << (8 - (int) strength));
            canvas.level(Levels.each(level -> level & mask));
        }
    },
    /** Turns values from the strength on upside down: v becomes 255 - v. */
    SOLARIZE {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.level(Levels.each(level -> level < strength ? level : 255 - level));
        }
    },
    AUTO_CONTRAST {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.level(Histogram.of(canvas).stretched());
        }
    },
    EQUALIZE {
        @Override
        void onto(Canvas canvas, double strength) {
            canvas.level(Histogram.of(canvas).equalized());
        }
    };

    private static final Operation[] ALL = values();

    abstract void onto(Canvas canvas, double strength);

    /** Each as often as any other. */
    static Operation draw(RandomStream random) {
        return ALL[random.nextInt(ALL.length)];
    }

    /** As {@link #draw}, but none that does nothing. */
    static Operation drawChange(RandomStream random) {
        return ALL[1 + random.nextInt(ALL.length - 1)];
    }
}
