package io.squadron.image.jpeg;

/**
 * Samples of one colour of a picture, as decoded. They are the thread's own until it decodes the next picture.
 *
 * @param samples may hold more than the plane
 * @param origin index that the sample at row 0, column 0 of the whole picture would have; negative where that was not decoded
 * @param stride from row to row
 */
public record Plane(byte[] samples, int origin, int stride) {
    /**
     * How the colour is sampled.
     *
     * @param width of the whole picture, in samples
     * @param height of it
     * @param across pixels beside each other that share a sample
     * @param down pixels below each other
     */
    public record Grid(int width, int height, int across, int down) {}
}
