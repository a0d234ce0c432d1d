/**
 * A decoder of JPEG files (ITU-T T.81: baseline, extended sequential and progressive, 8 bits, Huffman) in plain Java. It knows
 * no other package of the pictures: bytes in, bytes out. {@link io.squadron.image.jpeg.Jpeg} is the door; {@code Headers}
 * walks the markers, {@code Entropy} reads the bits of a scan, {@code SequentialScan} and {@code ProgressiveScan} turn them into
 * coefficients, {@code Idct} and {@code SmallIdct} those into the samples of a {@code Component}, and {@code Rows}
 * into colours. Whole pictures have the pixels of libjpeg's accurate integer transform with smooth upsampling, bit for bit;
 * parts are computed only where they are asked for, and at 1/2, 1/4 or 1/8 of the size on request.
 */
package io.squadron.image.jpeg;
