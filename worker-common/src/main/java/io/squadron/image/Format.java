package io.squadron.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;

/** The kinds of image files that can be decoded, told apart by their first bytes, never by their names. */
enum Format {
    PNG("png", "\u0089PNG\r\n\u001A\n"),
    JPEG("jpeg", "\u00FF\u00D8\u00FF"),
    GIF("gif", "GIF8"),
    BMP("bmp", "BM"),
    WEBP("webp", "RIFF");

    private final String reader;
    private final String magic;

    Format(String reader, String magic) {
        this.reader = reader;
        this.magic = magic;
    }

    /** What javax.imageio calls it. */
    String reader() {
        return reader;
    }

    static Optional<Format> of(byte[] file) {
        String begin = new String(file, 0, Math.min(8, file.length), ISO_8859_1);
        return List.of(values()).stream()
                .filter(each -> begin.startsWith(each.magic))
                .filter(each -> each != WEBP || isWebp(file))
                .findFirst();
    }

    /** RIFF files hold sound and films, too. */
    private static boolean isWebp(byte[] file) {
        return file.length >= 12 && new String(file, 8, 4, ISO_8859_1).equals("WEBP");
    }
}
