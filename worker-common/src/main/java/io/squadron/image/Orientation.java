package io.squadron.image;

import static io.squadron.image.Image.CHANNELS;

/**
 * From how a picture is stored to how it is seen.
 *
 * @param swapped rows become columns
 * @param upDown rows are then counted from the stored bottom
 * @param leftRight columns from the stored right
 */
record Orientation(boolean swapped, boolean upDown, boolean leftRight) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    /** Of the values 1 to 8 of Exif's tag. */
    static Orientation of(int tag) {
        return switch (tag) {
            case 2 -> new Orientation(false, false, true);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, true, false);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, true, false);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, false, true);
            default -> UPRIGHT;
        };
    }

    /** A size stored, as seen, and the other way round. */
    Size of(Size size) {
        return swapped ? new Size(/* height= */ size.width(), /* width= */ size.height()) : size;
    }

    /** Where {@code box} of the picture seen lies in the one stored, which has {@code size}. */
    Box stored(Box box, Size size) {
        double left = swapped ? box.top() : box.left();
        double right = swapped ? box.bottom() : box.right();
        double top = swapped ? box.left() : box.top();
        double bottom = swapped ? box.right() : box.bottom();
        return new Box(
                leftRight ? size.width() - right : left,
                upDown ? size.height() - bottom : top,
                leftRight ? size.width() - left : right,
                upDown ? size.height() - top : bottom);
    }

    /** The picture seen. */
    Image seen(Image stored) {
        if (equals(UPRIGHT)) {
            return stored;
        }
        Size size = of(Size.of(stored));
        int rowStep = (swapped ? (leftRight ? -1 : 1) : (upDown ? -stored.width() : stored.width())) * CHANNELS;
        int columnStep = (swapped ? (upDown ? -stored.width() : stored.width()) : (leftRight ? -1 : 1)) * CHANNELS;
        int first =
                ((upDown ? stored.height() - 1 : 0) * stored.width() + (leftRight ? stored.width() - 1 : 0)) * CHANNELS;
        byte[] source = stored.pixels();
        byte[] pixels = new byte[source.length];
        int at = 0;
        for (int row = 0; row < size.height(); row++) {
            int from = first + row * rowStep;
            for (int column = 0; column < size.width(); column++) {
                pixels[at++] = source[from];
                pixels[at++] = source[from + 1];
                pixels[at++] = source[from + 2];
                from += columnStep;
            }
        }
        return new Image(size.height(), size.width(), pixels);
    }
}
