package io.squadron.image.jpeg;

import java.util.List;
import java.util.Optional;

/**
 * A JPEG file whose header has been read. Its pixels are decoded each time they are asked for; thread-safe. Everything fails with
 * DATA, and the reason, where the file is damaged or of a kind that is not supported.
 */
public final class Jpeg {
    /** More than any encoder writes; a file of empty scans over a large picture would else take hours. */
    private static final int MOST_SCANS = 200;

    private final byte[] file;
    private final Headers opened;

    private Jpeg(byte[] file, Headers opened) {
        this.file = file;
        this.opened = opened;
    }

    /** Reads the header of {@code file}, which must begin with FF D8. Bytes behind the picture's end do not matter. */
    public static Jpeg open(byte[] file) {
        Headers headers = new Headers(file, Headers.Depth.SIZES);
        Optional<Scan> first = headers.nextScan();
        if (first.isEmpty()) {
            throw Damage.cutShort("no pixels in its %d bytes", file.length);
        }
        return new Jpeg(file, headers);
    }

    /** As stored, before any turning. */
    public int width() {
        return opened.frame().width();
    }

    public int height() {
        return opened.frame().height();
    }

    /** How the stored picture is to be turned (Exif): 1 not at all, 2 to 8 as TIFF 6.0 has them. */
    public int orientation() {
        return opened.orientation();
    }

    /** Pixels along a side of {@code length} at 1/{@code shrink}. */
    public static int shrunk(int length, int shrink) {
        return Frame.ceil(length, shrink);
    }

    /**
     * Red, green and blue bytes of a part of the picture at 1/{@code shrink} of its size; what is not needed for them is passed
     * over, and damage below them is not noticed. // [window height, window width, 3]
     *
     * @param window in pixels of the shrunk picture
     * @param shrink 1, 2, 4 or 8
     */
    public byte[] pixels(Window window, int shrink) {
        refuseEmpty();
        byte[] pixels = new byte[Math.multiplyExact(window.width() * 3, window.height())];
        pixels(window, shrink, pixels);
        return pixels;
    }

    /** The same into the first bytes of {@code target}. */
    public void pixels(Window window, int shrink, byte[] target) {
        colours(decoded(window, shrink), window, shrink, target);
    }

    /** Whether it is stored as brightness and two differences of colours, so that {@link #planes} say something. */
    public boolean hasLuma() {
        return opened.colours() == Colours.YCC;
    }

    /** How each colour is sampled at 1/{@code shrink}. */
    public List<Plane.Grid> grids(int shrink) {
        Frame frame = opened.frame().copy();
        frame.scale(shrink);
        return frame.components().stream()
                .map(each -> new Plane.Grid(each.width, each.height, each.spreadAcross, each.spreadDown))
                .toList();
    }

    /** The samples that {@code window} needs, each colour by itself, not enlarged. */
    public List<Plane> planes(Window window, int shrink) {
        return decoded(window, shrink).frame().components().stream()
                .map(each -> new Plane(each.samples, each.rowStart(0), each.stride))
                .toList();
    }

    /** From brightness and differences of colours, one byte each for {@code count} pixels, to red, green and blue. */
    public static byte[] rgb(List<byte[]> planes, int count) {
        byte[] pixels = new byte[Math.multiplyExact(3, count)];
        Colours.Row[] rows = planes.stream().map(Whole::new).toArray(Colours.Row[]::new);
        Colours.YCC.row(rows, count, pixels, 0);
        return pixels;
    }

    private record Whole(byte[] samples) implements Colours.Row {
        @Override
        public int at() {
            return 0;
        }
    }

    private Headers decoded(Window window, int shrink) {
        refuseEmpty();
        Headers headers = new Headers(file, Headers.Depth.PIXELS);
        Optional<Scan> scan = headers.nextScan();
        Frame frame = headers.frame();
        frame.aim(window, shrink);
        if (frame.coding() == Frame.Coding.PROGRESSIVE) {
            progressive(headers, scan);
        } else {
            sequential(headers, scan);
        }
        return headers;
    }

    /** A block takes two bits at least, in the first scan of a progressive picture one. */
    private void refuseEmpty() {
        Frame frame = opened.frame();
        long least = frame.blocks() / (frame.coding() == Frame.Coding.PROGRESSIVE ? 8 : 4);
        if (file.length < least) {
            throw Damage.cutShort(
                    "%d x %d pixels take %d bytes at least, and it has %d",
                    frame.width(), frame.height(), least, file.length);
        }
    }

    private void sequential(Headers headers, Optional<Scan> first) {
        Optional<Scan> scan = first;
        int seen = 0;
        int scans = 0;
        while (seen < headers.frame().components().size()) {
            Scan here = scan.orElseThrow(() -> Damage.cutShort("it ends before the last of its colours"));
            refuseEndless(scans++);
            Entropy entropy = new Entropy(file, here.start());
            if (!new SequentialScan(headers.frame(), here, entropy).run(headers.restartInterval())) {
                return;
            }
            seen += here.parts().size();
            headers.resume(entropy.end());
            scan = seen < headers.frame().components().size() ? headers.nextScan() : Optional.empty();
        }
    }

    private void progressive(Headers headers, Optional<Scan> first) {
        Frame frame = headers.frame();
        for (Component each : frame.components()) {
            each.coefficients = new short[Math.multiplyExact(each.paddedColumns * each.paddedRows, 64)];
        }
        int scans = 0;
        for (Optional<Scan> scan = first; scan.isPresent(); scan = headers.nextScan()) {
            refuseEndless(scans++);
            Entropy entropy = new Entropy(file, scan.get().start());
            new ProgressiveScan(frame, scan.get(), entropy).run(headers.restartInterval());
            headers.resume(entropy.end());
        }
        if (!headers.ended()) {
            throw Damage.cutShort("it ends after %d of its scans and %d bytes", scans, file.length);
        }
        frame.components().forEach(Jpeg::samples);
    }

    private static void refuseEndless(int scans) {
        if (scans == MOST_SCANS) {
            throw Damage.of("it has more than %d scans", MOST_SCANS);
        }
    }

    private static void samples(Component component) {
        if (component.table.length == 0) {
            throw Damage.cutShort("it ends before the last of its colours");
        }
        Idct idct = new Idct();
        SmallIdct small = new SmallIdct();
        int[] block = new int[64];
        for (int row = component.firstRow; row < component.endRow; row++) {
            for (int column = component.firstColumn; column < component.endColumn; column++) {
                int from = (row * component.paddedColumns + column) * 64;
                int last = 0;
                for (int k = 0; k < 64; k++) {
                    int value = component.coefficients[from + k];
                    if (value != 0) {
                        block[Zigzag.NATURAL[k]] = value * component.table[k];
                        last = k;
                    }
                }
                int at = component.at(column, row);
                if (component.side == 8) {
                    idct.block(block, last, component.samples, at, component.stride);
                } else {
                    small.block(component.side, block, component.samples, at, component.stride);
                }
            }
        }
    }

    private static void colours(Headers headers, Window window, int shrink, byte[] pixels) {
        Colours colours = headers.colours();
        Upsampling[] rows = headers.frame().components().stream()
                .map(each -> new Upsampling(each, window, shrink))
                .toArray(Upsampling[]::new);
        for (int y = window.top(); y < window.bottom(); y++) {
            for (Upsampling each : rows) {
                each.row(y);
            }
            colours.row(rows, window.width(), pixels, (y - window.top()) * window.width() * 3);
        }
    }
}
