package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

import io.squadron.image.jpeg.Jpeg;
import io.squadron.image.jpeg.Scratch;
import io.squadron.image.jpeg.Window;

/**
 * A JPEG that is decoded when it is asked for, and turned as its camera was held. A cut decodes what the cut needs, at the
 * largest reduction that leaves as many pixels as the result has.
 */
record JpegPicture(Jpeg jpeg, Orientation orientation) implements Picture {
    private static final Scratch DECODED = new Scratch();

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
        Kernel across = Kernel.of(
                Interpolation.BILINEAR,
                Jpeg.shrunk(jpeg.width(), shrink),
                wanted.width(),
                part.left() / shrink,
                part.right() / shrink);
        Kernel down = Kernel.of(
                Interpolation.BILINEAR,
                Jpeg.shrunk(jpeg.height(), shrink),
                wanted.height(),
                part.top() / shrink,
                part.bottom() / shrink);
        Window window = new Window(across.begin(), down.begin(), across.end(), down.end());
        int bytes = Math.multiplyExact(window.width() * CHANNELS, window.height());
        byte[] pixels = DECODED.bytes(bytes);
        jpeg.pixels(window, shrink, pixels);
        Image cut = Resample.by(pixels, window.width(), across.from(window.left()), down.from(window.top()));
        return orientation.seen(cut);
    }

    private static int shrink(Box box, Size size) {
        double ratio = Math.min((box.right() - box.left()) / size.width(), (box.bottom() - box.top()) / size.height());
        return ratio >= 8 ? 8 : ratio >= 4 ? 4 : ratio >= 2 ? 2 : 1;
    }
}
