package io.squadron.driver.report;

import static io.squadron.driver.report.Markup.n;

/**
 * A small drawing. Colours are left to the page, but for {@link #point}: every shape names a class, and the page's style sheet says what it looks
 * like by day, by night and on paper. The same calls give the same bytes. Mutable; coordinates in pixels, y downwards.
 */
final class Svg {
    private final Markup markup = new Markup();

    /** @param name what the drawing shows, for those who cannot see it */
    Svg(double width, double height, String name) {
        markup.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + n(width) + " " + n(height),
                "role",
                "img",
                "aria-label",
                name);
    }

    Svg line(String kind, double x1, double y1, double x2, double y2) {
        markup.leaf("line", "class", kind, "x1", n(x1), "y1", n(y1), "x2", n(x2), "y2", n(y2));
        return this;
    }

    /** @param d path data as SVG has it */
    Svg path(String kind, String d) {
        markup.leaf("path", "class", kind, "d", d);
        return this;
    }

    Svg rect(String kind, double x, double y, double width, double height) {
        return rect(kind, new Box(x, y, width, height), 1, "");
    }

    /** @param tip shown when the pointer rests on it; none when empty */
    Svg rect(String kind, Box box, double opacity, String tip) {
        markup.open(
                "rect",
                "class",
                kind,
                "x",
                n(box.x()),
                "y",
                n(box.y()),
                "width",
                n(Math.max(0, box.width())),
                "height",
                n(Math.max(0, box.height())),
                "fill-opacity",
                n(opacity));
        return tipped(tip);
    }

    Svg circle(String kind, double x, double y, double radius, String tip) {
        markup.open("circle", "class", kind, "cx", n(x), "cy", n(y), "r", n(radius));
        return tipped(tip);
    }

    /** A dot of a colour of its own, where classes have more colours than the page's style sheet knows. */
    Svg point(String kind, Spot spot, String colour, String tip) {
        markup.open(
                "circle", "class", kind, "cx", n(spot.x()), "cy", n(spot.y()), "r", n(spot.radius()), "fill", colour);
        return tipped(tip);
    }

    /** @param kind a class; "start", "middle" and "end" in it anchor the text */
    Svg text(String kind, double x, double y, String content) {
        markup.element("text", content, "class", kind, "x", n(x), "y", n(y));
        return this;
    }

    /** Text that rises to the right from (x, y). */
    Svg slanted(String kind, double x, double y, String content) {
        String turn = "rotate(-40 " + n(x) + " " + n(y) + ")";
        markup.element("text", content, "class", kind, "x", n(x), "y", n(y), "transform", turn);
        return this;
    }

    /** Text that runs upwards, centred on (x, y). */
    Svg upright(String kind, double x, double y, String content) {
        String turn = "rotate(-90 " + n(x) + " " + n(y) + ")";
        markup.element("text", content, "class", kind, "x", n(x), "y", n(y), "transform", turn);
        return this;
    }

    private Svg tipped(String tip) {
        if (!tip.isEmpty()) {
            markup.element("title", tip);
        }
        markup.close();
        return this;
    }

    /** The drawing; call once, at the end. */
    String finish() {
        return markup.close().toString();
    }

    /** Where a dot lies. */
    record Spot(double x, double y, double radius) {}

    /** Where a shape lies. */
    record Box(double x, double y, double width, double height) {}
}
