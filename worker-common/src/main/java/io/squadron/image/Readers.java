package io.squadron.image;

import io.squadron.failure.Failure;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** The readers of the JDK, looked up once: asking the registry takes as long as decoding a small image. */
final class Readers {
    private static final Map<Format, ImageReaderSpi> PROVIDERS = new EnumMap<>(Format.class);

    static {
        for (Format format : Format.values()) {
            ImageReader first =
                    ImageIO.getImageReadersByFormatName(format.reader()).next();
            PROVIDERS.put(format, first.getOriginatingProvider());
            first.dispose();
        }
    }

    private Readers() {}

    static ImageReader of(Format format) {
        try {
            return PROVIDERS.get(format).createReaderInstance();
        } catch (IOException e) {
            throw Failure.resources(
                            "Cannot decode %s images: this JDK's reader does not start. Use another JDK", format)
                    .causedBy(e);
        }
    }
}
