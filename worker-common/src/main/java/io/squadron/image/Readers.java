package io.squadron.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.squadron.failure.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The readers of the JDK and TwelveMonkeys' for WebP, all plain Java, found once: asking the registry takes as long as decoding
 * a small image, and it would offer whatever else lies on the class path.
 */
final class Readers {
    private static final Map<Format, ImageReaderSpi> PROVIDERS = new EnumMap<>(Format.class);

    static {
        for (Format format : Format.values()) {
            if (format == Format.WEBP) {
                PROVIDERS.put(format, new WebPImageReaderSpi());
            } else if (format != Format.JPEG) {
                PROVIDERS.put(format, jdks(format));
            }
        }
    }

    private Readers() {}

    private static ImageReaderSpi jdks(Format format) {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (all.hasNext()) {
            ImageReaderSpi each = all.next();
            boolean knows = Arrays.asList(each.getFormatNames()).contains(format.reader());
            if (knows && each.getClass().getName().startsWith("com.sun.")) {
                return each;
            }
        }
        throw Failure.resources("Cannot decode %s images: this JDK has no reader for them. Use another JDK", format);
    }

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
