package io.squadron.image;

/**
 * An image that is decoded only as far as it is asked for: a training crop of a large JPEG needs neither all its pixels nor
 * its full resolution. Its size comes from the header. Every method fails with DATA when the file is damaged.
 */
public interface Picture {
    Size size();

    /** All pixels, as the decoder gives them: what evaluation begins with. */
    Image whole();

    /**
     * The part {@code box} at another size, resampled as {@link Resample} does it. Where the box is at least twice as large
     * as {@code size} in both directions, the decoder may have left out detail that the result cannot show; and colours may
     * have been resampled as they were stored, so that a level or some more may differ from a cut out of the whole.
     */
    Image cut(Box box, Size size);

    /** A picture that is decoded already. */
    static Picture of(Image image) {
        return new DecodedPicture(image);
    }
}
