package io.squadron.driver.spark.predict;

import io.squadron.failure.Failure;
import io.squadron.image.Image;
import io.squadron.image.Picture;
import org.apache.spark.sql.Row;

/** Pictures in Spark's image schema: bytes as blue, green, red, row by row. */
final class SparkPixels {
    /** OpenCV's numbers for bytes in 1, 3 and 4 channels. */
    private static final int ONE_CHANNEL = 0;

    private static final int THREE_CHANNELS = 16;
    private static final int FOUR_CHANNELS = 24;

    private SparkPixels() {}

    static Picture picture(Row struct, long maxPixels) {
        int height = struct.<Integer>getAs("height");
        int width = struct.<Integer>getAs("width");
        int channels = channels(struct.<Integer>getAs("mode"));
        byte[] data = struct.getAs("data");
        if (height < 1
                || width < 1
                || (long) height * width > maxPixels
                || data == null
                || (long) height * width * channels != data.length) {
            throw Failure.data(
                    "Cannot decode image: %d bytes for %d x %d pixels of %d channels (expected as many as there are, and at "
                            + "most %d pixels). Write the row again",
                    data == null ? 0 : data.length, height, width, channels, maxPixels);
        }
        byte[] rgb = new byte[height * width * Image.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            int channel = channels == 1 ? 0 : 2 - i % Image.CHANNELS;
            rgb[i] = data[i / Image.CHANNELS * channels + channel];
        }
        return Picture.of(new Image(height, width, rgb));
    }

    private static int channels(int mode) {
        return switch (mode) {
            case ONE_CHANNEL -> 1;
            case THREE_CHANNELS -> 3;
            case FOUR_CHANNELS -> 4;
            default ->
                throw Failure.data(
                        "Cannot decode image: it is of mode %d (expected bytes: 0, 16 or 24). Write the row again",
                        mode);
        };
    }
}
