package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.image.jpeg.Jpeg;
import io.squadron.image.jpeg.Plane;
import io.squadron.image.jpeg.Scratch;
import io.squadron.image.jpeg.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A JPEG that is decoded when it is asked for, and turned as its camera was held. A cut decodes what the cut needs, at the
 * largest reduction that leaves as many pixels as the result has, and resamples before it converts colours; beside the same
 * cut from the whole picture it may differ by some levels, most where colours change.
 */
record JpegPicture(Jpeg jpeg, Orientation orientation) implements Picture {
    private static final Scratch DECODED = new Scratch();
    private static final List<Scratch> PLANES = List.of(new Scratch(), new Scratch(), new Scratch());

    static JpegPicture of(Jpeg jpeg) {
        return new JpegPicture(jpeg, Orientation.of(jpeg.orientation()));
    }

    private Size stored() {
        return new Size(jpeg.height(), jpeg.width());
    }

    @Override
    public Size size() {
        return orientation.of(stored());
    }

    @Override
    public Image whole() {
        byte[] pixels = jpeg.pixels(new Window(0, 0, jpeg.width(), jpeg.height()), 1);
        return orientation.seen(new Image(jpeg.height(), jpeg.width(), pixels));
    }

    @Override
    public Image cut(Box box, Size size) {
        Box part = orientation.stored(box, stored());
        Size wanted = orientation.of(size);
        int shrink = shrink(part, wanted);
        Image cut = jpeg.hasLuma() ? planar(part, wanted, shrink) : pixels(part, wanted, shrink);
        return orientation.seen(cut);
    }

    private Image pixels(Box part, Size wanted, int shrink) {
        Plane.Grid whole = new Plane.Grid(Jpeg.shrunk(jpeg.width(), shrink), Jpeg.shrunk(jpeg.height(), shrink), 1, 1);
        Kernels kernels = Kernels.of(whole, part, wanted, shrink);
        Window window = kernels.window();
        byte[] pixels = DECODED.bytes(Math.multiplyExact(window.width() * CHANNELS, window.height()));
        jpeg.pixels(window, shrink, pixels);
        return Resample.by(
                pixels,
                window.width(),
                kernels.across().from(window.left()),
                kernels.down().from(window.top()));
    }

    /** In the file's own colours, of which two are mostly stored at half the size: less to enlarge, to sum and to convert. */
    private Image planar(Box part, Size wanted, int shrink) {
        List<Kernels> kernels = jpeg.grids(shrink).stream()
                .map(each -> Kernels.of(each, part, wanted, shrink))
                .toList();
        List<Plane> planes = jpeg.planes(Kernels.union(kernels), shrink);
        int count = wanted.height() * wanted.width();
        List<byte[]> resized = new ArrayList<>();
        for (int i = 0; i < planes.size(); i++) {
            byte[] target = PLANES.get(i).bytes(count);
            Resample.plane(
                    planes.get(i), kernels.get(i).across(), kernels.get(i).down(), target);
            resized.add(target);
        }
        return new Image(wanted.height(), wanted.width(), Jpeg.rgb(resized, count));
    }

    /** The way from one grid of samples to the result. */
    private record Kernels(Kernel across, Kernel down, Plane.Grid grid) {
        static Kernels of(Plane.Grid grid, Box part, Size wanted, int shrink) {
            double x = (double) shrink * grid.across();
            double y = (double) shrink * grid.down();
            Interpolation filter = Interpolation.BILINEAR;
            return new Kernels(
                    Kernel.of(filter, grid.width(), wanted.width(), part.left() / x, part.right() / x),
                    Kernel.of(filter, grid.height(), wanted.height(), part.top() / y, part.bottom() / y),
                    grid);
        }

        /** The pixels whose samples are seen. */
        Window window() {
            return new Window(
                    across.begin() * grid.across(),
                    down.begin() * grid.down(),
                    across.end() * grid.across(),
                    down.end() * grid.down());
        }

        static Window union(List<Kernels> all) {
            List<Window> each = all.stream().map(Kernels::window).toList();
            return new Window(
                    each.stream().mapToInt(Window::left).min().orElseThrow(),
                    each.stream().mapToInt(Window::top).min().orElseThrow(),
                    each.stream().mapToInt(Window::right).max().orElseThrow(),
                    each.stream().mapToInt(Window::bottom).max().orElseThrow());
        }
    }

    private static int shrink(Box box, Size size) {
        double ratio = Math.min((box.right() - box.left()) / size.width(), (box.bottom() - box.top()) / size.height());
        return ratio >= 8 ? 8 : ratio >= 4 ? 4 : ratio >= 2 ? 2 : 1;
    }
}
