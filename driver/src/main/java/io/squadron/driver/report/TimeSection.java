package io.squadron.driver.report;

import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent.RoundEnded;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the time of each rank went. */
final class TimeSection {
    private static final List<String> PARTS = List.of(
            "compute", "waiting for images", "waiting for batch norm", "waiting for gradients", "rest of the round");
    private static final List<String> KINDS = List.of("a", "b", "c", "d", "quiet");

    private TimeSection() {}

    static void write(Markup page, RunHistory history) {
        Map<Integer, RankTiming> ranks = new TreeMap<>();
        double seconds = 0;
        for (RoundEnded round : history.rounds()) {
            round.timings().forEach(each -> ranks.merge(each.rank(), each, RankTiming::plus));
            seconds += round.timings().isEmpty() ? 0 : round.seconds();
        }
        if (ranks.isEmpty()) {
            return;
        }
        page.open("section").element("h2", "Where the time went");
        page.element(
                "p",
                "Per rank, over all rounds. The rest of a round is its start and end: Spark's scheduling, agreeing on the "
                        + "state, reporting to the driver.",
                "class",
                "lead");
        keys(page);
        rows(page, ranks.values(), seconds);
        stragglers(page, Straggler.in(history.rounds()));
        for (HistoryEntry.Repeat each : history.repeats()) {
            page.element(
                    "p",
                    "Round %d (from step %d) was computed again: %s"
                            .formatted(each.round(), each.step(), each.reason()));
        }
        page.close();
    }

    private static void stragglers(Markup page, List<Straggler> stragglers) {
        for (Straggler each : stragglers) {
            page.element(
                    "p",
                    "Straggler: %s took %s times as long to compute as the median rank, in %d of %d rounds that it took part in."
                            .formatted(each.place(), Numbers.fixed(each.ratio(), 1), each.slowRounds(), each.rounds()));
        }
    }

    private static void keys(Markup page) {
        page.open("p", "class", "keys");
        for (int i = 0; i < PARTS.size(); i++) {
            page.leaf("i", "class", "swatch " + KINDS.get(i)).text(PARTS.get(i) + " ");
        }
        page.close();
    }

    private static void rows(Markup page, Collection<RankTiming> ranks, double seconds) {
        page.open("div", "class", "times");
        for (RankTiming rank : ranks) {
            double rest = Math.max(0, seconds - rank.total());
            double whole = rank.total() + rest;
            double[] parts = {rank.compute(), rank.read(), rank.normWait(), rank.gradientWait(), rest};
            page.element("span", "rank " + rank.rank(), "class", "caption").open("div", "class", "stack");
            for (int i = 0; i < parts.length; i++) {
                String share = Numbers.percent(parts[i] / whole, 1);
                String tip = PARTS.get(i) + ": " + Numbers.duration(parts[i]) + ", " + share;
                page.open(
                        "i",
                        "class",
                        "bar " + KINDS.get(i),
                        "style",
                        "width:" + Markup.n(100 * parts[i] / whole) + "%",
                        "title",
                        tip);
                page.text(parts[i] > 0.08 * whole ? share : "").close();
            }
            page.close();
        }
        page.close();
    }
}
