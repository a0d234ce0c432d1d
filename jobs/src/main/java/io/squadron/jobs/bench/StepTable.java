package io.squadron.jobs.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** An answer for people: one line per batch and variant, then for each batch where the time of a step goes. */
public final class StepTable {
    private static final String ABSENT = "-";
    private static final double MEBIBYTE = 1 << 20;

    private final StepAnswer answer;
    private final StringBuilder text = new StringBuilder();

    private StepTable(StepAnswer answer) {
        this.answer = answer;
    }

    /** Lines, each ended. */
    public static String of(StepAnswer answer) {
        return new StepTable(answer).text();
    }

    private String text() {
        head();
        if (!answer.measured().isEmpty()) {
            text.append('\n').append(rates());
        }
        for (Row row : answer.rows()) {
            if (row instanceof Row.Refused refused) {
                text.append(
                        "\nbatch %d, %s: refused. %s\n".formatted(refused.batch(), refused.variant(), refused.why()));
            }
        }
        answer.question().batches().forEach(this::splits);
        return text.toString();
    }

    private void head() {
        Subject subject = answer.question().subject();
        Surroundings where = answer.surroundings();
        text.append("%s of %s on %d x %d, %d classes, random %s\n"
                .formatted(
                        subject.mode().words(),
                        subject.architecture(),
                        subject.size(),
                        subject.size(),
                        subject.classes(),
                        subject.feed().name().toLowerCase(Locale.ROOT)));
        text.append(String.format(
                Locale.ROOT,
                "%s, %d cores, Java %s, load %.1f; medians of %d turns after %d\n",
                where.cpu(),
                where.cores(),
                where.java(),
                where.load(),
                answer.question().steps(),
                answer.question().warmup()));
    }

    private Columns rates() {
        boolean frozen = answer.question().subject().mode() == Mode.FROZEN;
        List<String> header = new ArrayList<>(List.of("engine", "precision", "batch", "threads"));
        header.addAll(List.of("images/s", "ms/step", "GFLOP/s", "ceiling/s", "share"));
        header.addAll(frozen ? List.of("infer/s") : List.of());
        header.addAll(List.of("arena MiB", "no reuse", "vectors", "peak MiB", "heap"));
        Columns columns = new Columns(2, header);
        for (Row.Measured row : answer.measured()) {
            List<String> line = new ArrayList<>(
                    List.of(row.variant().engine(), row.variant().precisionWord()));
            line.addAll(List.of("" + row.batch(), "" + row.variant().threads()));
            line.addAll(List.of(one(row.imagesPerSecond(), 2), one(row.millis(), 1), one(row.gigaflopsPerSecond(), 1)));
            line.add(rate(row, row.bounds().ceilingMillis()));
            line.add(row.shareOfCeiling().isPresent() ? one(row.shareOfCeiling().getAsDouble(), 3) : ABSENT);
            line.addAll(frozen ? List.of(rate(row, row.bounds().inferenceMillis())) : List.of());
            line.addAll(space(row.space()));
            columns.add(line);
        }
        return columns;
    }

    private static String rate(Row.Measured row, OptionalDouble millis) {
        return millis.isPresent() ? one(1000 * row.batch() / millis.getAsDouble(), 2) : ABSENT;
    }

    private static List<String> space(Row.Space space) {
        return List.of(
                space.footprint().map(each -> mebibytes(each.arena())).orElse(ABSENT),
                space.footprint().map(each -> mebibytes(each.withoutReuse())).orElse(ABSENT),
                mebibytes(space.vectorBytes()
                        + space.footprint().map(each -> each.vectors()).orElse(0L)),
                space.peak().map(each -> mebibytes(each.residentBytes())).orElse(ABSENT),
                space.peak().map(each -> mebibytes(each.heapBytes())).orElse(ABSENT));
    }

    /** Kinds of work down, variants across; milliseconds and share of the median step. */
    private void splits(int batch) {
        List<Row.Measured> rows = answer.measured().stream()
                .filter(row -> row.batch() == batch && !row.split().isEmpty())
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        List<String> header = new ArrayList<>(List.of("where a step of batch " + batch + " goes"));
        Set<String> kinds = new LinkedHashSet<>();
        for (Row.Measured row : rows) {
            header.add(row.variant().precisionWord() + "/" + row.variant().threads() + " ms");
            header.add("%");
            kinds.addAll(row.split().keySet());
        }
        Columns columns = new Columns(1, header);
        for (String kind : kinds) {
            List<String> line = new ArrayList<>(List.of(kind));
            for (Row.Measured row : rows) {
                double millis = row.split().getOrDefault(kind, 0.0);
                line.addAll(List.of(one(millis, 2), one(100 * millis / row.millis(), 1)));
            }
            columns.add(line);
        }
        text.append('\n').append(columns);
    }

    private static String mebibytes(long bytes) {
        return one(bytes / MEBIBYTE, 0);
    }

    private static String one(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
