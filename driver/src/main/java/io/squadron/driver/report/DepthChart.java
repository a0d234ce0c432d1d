package io.squadron.driver.report;

import static io.squadron.driver.report.Markup.n;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Lines over the layers of networks, from the image on the left to the logits on the right.
 *
 * @param scale of the y axis
 * @param lines each with one value for each layer; networks of fewer layers end earlier; what is not finite is a gap
 * @param bounds of the healthy range, drawn as dashed lines where they lie in sight
 */
record DepthChart(String title, Axis scale, List<Line> lines, List<Double> bounds) {
    static final int MOST_LINES = 4;
    private static final double WIDTH = 480;
    private static final double HEIGHT = 250;
    private static final double LEFT = 56;
    private static final double RIGHT = WIDTH - 12;
    private static final double TOP = 12;
    private static final double BOTTOM = HEIGHT - 38;
    /** A logarithmic axis shows no more powers of ten than this below its top. */
    private static final int DECADES = 14;

    /** How values become heights. */
    enum Axis {
        /** From zero. */
        LINEAR,
        /** By powers of ten; zero is a gap. */
        LOGARITHMIC,
        /** From zero, as percentages. */
        SHARES
    }

    /** @param layers their names, for who points at them */
    record Line(String name, String kind, List<String> layers, List<Double> values) {
        Line {
            layers = List.copyOf(layers);
            values = List.copyOf(values);
        }
    }

    String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT, title + " over the layers");
        if (heights(lines).findAny().isEmpty()) {
            return svg.text("none middle", WIDTH / 2, HEIGHT / 2, "nothing to show")
                    .finish();
        }
        int most = lines.stream().mapToInt(line -> line.values().size()).max().orElse(1);
        Scale x = Scale.exactly(1, most, 8, LEFT, RIGHT);
        Scale y = vertical();
        axes(svg, x, y);
        for (double bound : bounds) {
            double height = height(bound);
            if (height >= y.low() && height <= y.high()) {
                svg.line("ideal", LEFT, y.at(height), RIGHT, y.at(height));
            }
        }
        lines.forEach(line -> draw(svg, line, x, y));
        return svg.finish();
    }

    private Scale vertical() {
        double most = heights(lines).max().orElse(1);
        double least = heights(lines).min().orElse(0);
        if (scale != Axis.LOGARITHMIC) {
            return Scale.around(0, Math.max(most, scale == Axis.SHARES ? 0.05 : 1e-9), 4, BOTTOM, TOP);
        }
        double top = Math.ceil(most + 1e-9);
        double bottom = Math.max(Math.floor(least), top - DECADES);
        return new Scale(bottom, top, Math.max(1, Math.ceil((top - bottom) / 5)), BOTTOM, TOP);
    }

    private double height(double value) {
        return scale == Axis.LOGARITHMIC ? value > 0 ? Math.log10(value) : Double.NaN : value;
    }

    private DoubleStream heights(List<Line> of) {
        return of.stream()
                .flatMapToDouble(line -> line.values().stream().mapToDouble(this::height))
                .filter(Double::isFinite);
    }

    private void axes(Svg svg, Scale x, Scale y) {
        for (double tick : y.ticks()) {
            svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            svg.text("tick end", LEFT - 7, y.at(tick) + 4, tick(tick, y.step()));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        for (double tick : x.ticks()) {
            svg.line("axis", x.at(tick), BOTTOM, x.at(tick), BOTTOM + 4);
            svg.text("tick middle", x.at(tick), BOTTOM + 18, Numbers.count(Math.round(tick)));
        }
        svg.text("label start", LEFT, HEIGHT - 4, "image");
        svg.text("label middle", (LEFT + RIGHT) / 2, HEIGHT - 4, "layer");
        svg.text("label end", RIGHT, HEIGHT - 4, "logits");
    }

    private String tick(double value, double step) {
        return switch (scale) {
            case LOGARITHMIC -> "1e" + Math.round(value);
            case SHARES -> Numbers.percent(value, step < 0.01 ? 1 : 0);
            case LINEAR -> step < 1 ? Numbers.fixed(value, step < 0.1 ? 2 : 1) : Numbers.count(Math.round(value));
        };
    }

    private String write(double value) {
        return scale == Axis.SHARES ? Numbers.percent(value, 1) : Numbers.short3(value);
    }

    private void draw(Svg svg, Line line, Scale x, Scale y) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < line.values().size(); i++) {
            double height = Math.max(height(line.values().get(i)), y.low());
            boolean seen = Double.isFinite(height);
            if (seen) {
                path.append(pen ? "L" : "M").append(n(x.at(i + 1))).append(' ').append(n(y.at(height)));
            }
            pen = seen;
        }
        svg.path("curve " + line.kind(), path.toString());
        for (int i = 0; i < line.values().size(); i++) {
            double height = Math.max(height(line.values().get(i)), y.low());
            if (Double.isFinite(height)) {
                String tip = line.name() + ", " + line.layers().get(i) + ": "
                        + write(line.values().get(i));
                svg.circle("dot " + line.kind(), x.at(i + 1), y.at(height), 2.6, tip);
            }
        }
    }

    /** The chart with its heading and key, as a figure. */
    void write(Markup page) {
        page.open("figure").open("figcaption").element("b", title);
        for (Line line : lines) {
            page.open("span", "class", "key").leaf("i", "class", "swatch " + line.kind());
            page.text(line.name()).close();
        }
        page.close().raw(svg()).close();
    }
}
