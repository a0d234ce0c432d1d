package io.squadron.driver.schedule;

import io.squadron.replica.StepPlan.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The plan of a run as text, for {@code train --dry-run}: one line a round (long runs: the first and the last ones), then
 * totals. Rounds, steps and epochs count from 0, as in every message of Squadron; ends of ranges are included.
 */
public final class PlanTable {
    private static final int GAP = 2;
    private static final List<String> HEADINGS =
            List.of("round", "epoch", "steps", "samples", "learning rate", "averages", "then");

    private final List<String[]> head = new ArrayList<>();
    private final Deque<String[]> tail = new ArrayDeque<>();
    private final int headRows;
    private final int tailRows;
    private long rounds;
    private long steps;
    private long samples;
    private long evaluations;
    private long checkpoints;

    private PlanTable(int rows) {
        this.tailRows = rows / 3;
        this.headRows = rows - tailRows;
    }

    /**
     * The rounds from {@code step} to the end.
     *
     * @param rows most rounds to print; those between the first and the last ones are counted only
     */
    public static String of(Planner planner, long step, int rows) {
        if (rows < 2) {
            throw new IllegalArgumentException("Cannot print a plan in %d rows (expected at least 2)".formatted(rows));
        }
        PlanTable table = new PlanTable(Math.max(3, rows));
        planner.from(step).forEach(table::add);
        return table.text(planner.settings().extent());
    }

    private void add(RoundPlan plan) {
        rounds++;
        steps += plan.steps().size();
        samples += plan.samples();
        evaluations += plan.evaluates() ? 1 : 0;
        checkpoints += plan.checkpoints() ? 1 : 0;
        if (head.size() < headRows) {
            head.add(row(plan));
            return;
        }
        tail.add(row(plan));
        if (tail.size() > tailRows) {
            tail.remove();
        }
    }

    private static String[] row(RoundPlan plan) {
        String firstRate = rate(plan.first().learningRate());
        String lastRate = rate(plan.last().learningRate());
        return new String[] {
            Integer.toString(plan.round()),
            Integer.toString(plan.epoch()),
            range(plan.first().step(), plan.last().step()),
            Long.toString(plan.samples()),
            firstRate.equals(lastRate) ? firstRate : firstRate + " .. " + lastRate,
            averages(plan),
            duties(plan)
        };
    }

    private static String range(long first, long last) {
        return first == last ? Long.toString(first) : first + " .. " + last;
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%.4g", rate);
    }

    private static String averages(RoundPlan plan) {
        long gradients = count(plan, Exchange.GRADIENTS);
        long parameters = count(plan, Exchange.PARAMETERS);
        if (gradients == plan.steps().size()) {
            return "every step";
        }
        return gradients == 0 ? parameters + "x" : gradients + " steps, then " + parameters + "x";
    }

    private static long count(RoundPlan plan, Exchange exchange) {
        return plan.steps().stream().filter(step -> step.exchange() == exchange).count();
    }

    private static String duties(RoundPlan plan) {
        List<String> duties = new ArrayList<>();
        if (plan.evaluates()) {
            duties.add("evaluate");
        }
        if (plan.checkpoints()) {
            duties.add("checkpoint");
        }
        return String.join(", ", duties);
    }

    private String text(Extent extent) {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        line(text, HEADINGS.toArray(new String[0]), widths);
        head.forEach(row -> line(text, row, widths));
        long hidden = rounds - head.size() - tail.size();
        if (hidden > 0) {
            text.append(String.format(Locale.ROOT, "... %,d more ...%n", hidden));
        }
        tail.forEach(row -> line(text, row, widths));
        text.append(String.format(
                Locale.ROOT,
                "%n%,d rounds, %,d steps, %,d samples seen; %,d evaluations, %,d checkpoints%n"
                        + "%,d epochs of %,d samples: %,d steps each, in batches of %,d%n",
                rounds,
                steps,
                samples,
                evaluations,
                checkpoints,
                extent.epochs(),
                extent.samples(),
                extent.stepsPerEpoch(),
                extent.globalBatch()));
        return text.toString();
    }

    private int[] widths() {
        int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
        for (Iterable<String[]> part : List.<Iterable<String[]>>of(head, tail)) {
            for (String[] row : part) {
                Arrays.setAll(widths, column -> Math.max(widths[column], row[column].length()));
            }
        }
        return widths;
    }

    private static void line(StringBuilder text, String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.length; column++) {
            line.append(row[column]).append(" ".repeat(widths[column] - row[column].length() + GAP));
        }
        text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
}
