package io.squadron.driver.spark.predict;

/**
 * What a job of predictions is to do.
 *
 * @param source URI of a directory of images, of a table or of one file of a table
 * @param format {@link #AUTO}, {@link #IMAGES}, or the name of a format that Spark reads
 * @param imageColumn empty: the first of the usual names
 * @param out URI of the directory that the predictions go to
 * @param top how many of the likeliest classes are listed
 * @param maxPixels images with more are unreadable
 * @param pieceBytes of the source, at most, between two results that are kept
 */
public record PredictSettings(
        String source, String format, String imageColumn, String out, int top, long maxPixels, long pieceBytes) {
    /** As the names of the files say. */
    public static final String AUTO = "auto";

    /** A directory of images, however deep. */
    public static final String IMAGES = "images";
}
