package io.squadron.image;

import io.squadron.failure.Failure;
import io.squadron.image.jpeg.Jpeg;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * From the bytes of a JPEG, PNG, WebP, GIF (its first frame) or BMP file to red, green and blue bytes. Grey is repeated, palettes
 * are looked up, inks become light as Pillow makes them, transparency is laid over white, 16 bits are rounded to 8. The
 * orientation tag of a camera is obeyed in JPEG, PNG and WebP files; colour profiles are not applied, as in torchvision.
 *
 * <p>Dimensions are read from the header and held against the limit before any pixel is decoded. Fails with DATA, and the
 * reason, when the bytes are no such image, are cut short or damaged, or hold more pixels than the limit. Thread-safe.
 *
 * @param maxPixels largest height times width that is decoded
 */
public record Decoder(long maxPixels) {
    /** 64 million pixels: more than the largest cameras, less than a gigabyte. */
    public static Decoder standard() {
        return new Decoder(64_000_000);
    }

    /** The picture in {@code file}: what of it is decoded, and when, is up to those who use it. */
    public Picture open(byte[] file) {
        Format format = Format.of(file).orElseThrow(() -> Signature.unknown(file));
        if (format != Format.JPEG) {
            return Picture.of(read(format, file));
        }
        Jpeg jpeg = Jpeg.open(file);
        refuseBomb(jpeg.width(), jpeg.height());
        return JpegPicture.of(jpeg);
    }

    /** All pixels of {@code file}. */
    public Image decode(byte[] file) {
        return open(file).whole();
    }

    private Image read(Format format, byte[] file) {
        ImageReader reader = Readers.of(format);
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input, true, true);
            refuseBomb(reader.getWidth(0), reader.getHeight(0));
            Completeness.check(format, file);
            return Held.of(format, file).seen(Pixels.of(reader.read(0)));
        } catch (IOException | RuntimeException e) {
            throw e instanceof Failure failure ? failure : damaged(format, e);
        } finally {
            reader.dispose();
        }
    }

    private void refuseBomb(long width, long height) {
        if (width * height > maxPixels) {
            throw Failure.data(
                    "Cannot decode image: it has %d x %d pixels (expected at most %d in all). "
                            + "Shrink it, or raise the pixel limit",
                    width, height, maxPixels);
        }
    }

    /** The readers of the JDK throw all kinds of runtime exceptions at damaged files. */
    private static Failure damaged(Format format, Exception e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Failure.data("Cannot decode image: damaged or unsupported %s (%s). Replace the file", format, reason)
                .causedBy(e);
    }
}
