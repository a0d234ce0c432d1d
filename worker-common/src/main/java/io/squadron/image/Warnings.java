package io.squadron.image;

import io.squadron.failure.Failure;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Turns what a reader merely warns of into an error where it means that pixels are missing: libjpeg paints those grey. */
final class Warnings implements IIOReadWarningListener {
    private String worst = "";

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        if (text.contains("premature end") || text.contains("bad huffman")) {
            worst = warning;
        }
    }

    void check() {
        if (!worst.isEmpty()) {
            throw Failure.data("Cannot decode image: cut short or damaged JPEG (%s). Replace the file", worst);
        }
    }
}
