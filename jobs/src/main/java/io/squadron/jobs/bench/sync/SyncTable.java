package io.squadron.jobs.bench.sync;

import io.squadron.jobs.bench.sync.SyncAnswer.Round;
import java.util.Locale;

/** An answer for people. */
public final class SyncTable {
    private SyncTable() {}

    /** Lines, each ended. */
    public static String of(SyncAnswer answer) {
        SyncQuestion question = answer.question();
        StringBuilder text = new StringBuilder(line(
                "%s, batch %d in all, %d x %d, %s; rounds of %d steps, %d of them from %d runs each; load %.1f%n%n",
                question.architecture(),
                question.batch(),
                question.size(),
                question.size(),
                question.precision(),
                question.steps(),
                question.rounds() * question.turns(),
                question.turns(),
                answer.load()));
        text.append(line("%-32s  images/s  s/round  wait for norms  wait for gradients  no work of a rank%n", ""));
        for (Arm arm : Arm.all()) {
            text.append(line(
                    "%-32s  %8.2f  %7.2f  %14.2f  %18.2f  %17.3f%n",
                    arm.name(),
                    answer.imagesPerSecond(arm),
                    answer.median(arm, Round::seconds),
                    answer.median(arm, Round::normWait),
                    answer.median(arm, Round::gradientWait),
                    answer.median(arm, Round::rest)));
        }
        text.append(line("%ntwo executors against one with both cores: %.3f%n", answer.twoOfOne()));
        text.append(line("exact batch norm takes longer than local: %.1f%%%n", 100 * answer.priceOfExact()));
        text.append(line("no work of a rank, of a round of 30 s: %.2f%%%n", 100 * answer.sparksShare()));
        SyncAnswer.Sums sums = answer.sums();
        text.append(line(
                "sum of %.1f MB: %.1f ms, %.2f GB/s each way; a plain pair of sockets: %.1f ms, %.2f GB/s; ratio %.2f%n",
                sums.bytes() / 1e6,
                1e3 * sums.ours(),
                sums.bytes() / sums.ours() / 1e9,
                1e3 * sums.plain(),
                sums.bytes() / sums.plain() / 1e9,
                sums.ratio()));
        return text.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
