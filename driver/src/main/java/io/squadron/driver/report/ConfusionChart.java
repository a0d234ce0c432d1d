package io.squadron.driver.report;

import java.util.List;

/**
 * The confusion matrix as a heat map: rows are labels, columns predictions, shades are shares of the row. Right answers and
 * mistakes have colours of their own, and the shades of mistakes are stretched (square root), for they are the ones to find.
 *
 * @param names of all classes
 * @param confusion counts of all classes, [label][predicted]
 * @param shown which classes, in order
 */
record ConfusionChart(List<String> names, long[][] confusion, List<Integer> shown) {
    /** Above so many classes the numbers no longer fit into the cells. */
    private static final int MOST_COUNTED = 20;

    private static final int LONGEST_NAME = 16;
    private static final double LEFT = 132;
    private static final double TOP = 104;

    String svg() {
        double cell = Math.max(14, Math.min(46, 620.0 / shown.size()));
        double side = cell * shown.size();
        Svg svg = new Svg(LEFT + side + 64, TOP + side + 8, "Confusion matrix: labels in rows, predictions in columns");
        svg.text("label end", LEFT - 8, TOP - 12, "label ↓  predicted →");
        for (int row = 0; row < shown.size(); row++) {
            double middle = TOP + (row + 0.5) * cell + 4;
            svg.text("name end", LEFT - 8, middle, brief(names.get(shown.get(row))));
            svg.slanted("name start", LEFT + (row + 0.5) * cell + 2, TOP - 8, brief(names.get(shown.get(row))));
            for (int column = 0; column < shown.size(); column++) {
                cell(svg, row, column, cell);
            }
        }
        return svg.finish();
    }

    private void cell(Svg svg, int row, int column, double size) {
        int label = shown.get(row);
        int predicted = shown.get(column);
        long count = confusion[label][predicted];
        double share = count == 0 ? 0 : (double) count / support(label);
        double shade = label == predicted ? share : Math.sqrt(share);
        double x = LEFT + column * size;
        double y = TOP + row * size;
        String tip = names.get(label) + " taken for " + names.get(predicted) + ": " + Numbers.count(count) + " ("
                + Numbers.percent(share, 1) + " of the label)";
        svg.rect("cell empty", x + 0.75, y + 0.75, size - 1.5, size - 1.5);
        svg.rect(
                label == predicted ? "cell a" : "cell b",
                new Svg.Box(x + 0.75, y + 0.75, size - 1.5, size - 1.5),
                Math.round(shade * 90) / 100.0,
                tip);
        if (shown.size() <= MOST_COUNTED && count > 0) {
            svg.text(
                    shade > 0.55 ? "number on middle" : "number middle",
                    x + size / 2,
                    y + size / 2 + 4.5,
                    Long.toString(count));
        }
    }

    private long support(int label) {
        long sum = 0;
        for (long each : confusion[label]) {
            sum += each;
        }
        return sum;
    }

    private static String brief(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }
}
