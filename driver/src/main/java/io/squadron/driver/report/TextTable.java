package io.squadron.driver.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells under each other, for a terminal: two spaces between columns, nothing at the ends of lines. */
public final class TextTable {
    private TextTable() {}

    /**
     * The whole table, each line with its end.
     *
     * @param rows of equally many cells; the first is the head
     */
    public static String of(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
