package io.squadron.jobs.bench;

import java.util.ArrayList;
import java.util.List;

/** Lines of words under each other: words to the left, numbers to the right. */
final class Columns {
    private final List<List<String>> lines = new ArrayList<>();
    private final int words;

    /** The first {@code words} columns hold words. */
    Columns(int words, List<String> header) {
        this.words = words;
        lines.add(header);
    }

    void add(List<String> line) {
        lines.add(line);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder one = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String sign = column < words ? "-" : "";
                one.append(column == 0 ? "" : "  ")
                        .append(("%" + sign + width(column) + "s").formatted(line.get(column)));
            }
            text.append(one.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream()
                .filter(line -> line.size() > column)
                .mapToInt(line -> Math.max(1, line.get(column).length()))
                .max()
                .orElse(1);
    }
}
