package io.squadron.driver.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The history of a registry as a table for people. */
public final class RegistryTable {
    private static final String ROW = "%-2s%-20s %-14s %9s %8s %8s  %-28s %s%n";

    private RegistryTable() {}

    public static String of(Registry registry) {
        Pointer pointer = registry.pointer();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, ROW, "", "night", "outcome", "images", "new", "accuracy", "against the champion", ""));
        registry.nights().forEach(night -> text.append(row(night, pointer)));
        rollbacks(pointer).forEach(text::append);
        text.append(pointer.model().isEmpty() ? "promoted: none\n" : "promoted: " + pointer.model() + "\n");
        return text.toString();
    }

    private static String row(Night night, Pointer pointer) {
        String outcome = night.find(Stage.Ended.class)
                .map(ended -> ended.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("unfinished");
        Optional<Stage.Delivered> data = night.find(Stage.Delivered.class);
        List<String> figures = figures(night);
        return String.format(
                Locale.ROOT,
                ROW,
                night.id().equals(pointer.model()) ? "*" : "",
                night.id(),
                outcome,
                data.map(each -> String.valueOf(each.samples())).orElse(""),
                data.map(each -> "+" + each.fresh()).orElse(""),
                figures.get(0),
                figures.get(1),
                remark(night));
    }

    private static List<String> figures(Night night) {
        return night.find(Stage.Compared.class)
                .map(Stage.Compared::comparison)
                .map(each -> List.of(
                        String.format(Locale.ROOT, "%.4f", each.challenger()),
                        Double.isNaN(each.champion())
                                ? "(none)"
                                : String.format(
                                        Locale.ROOT,
                                        "%+.4f [%+.4f, %+.4f]",
                                        each.challenger() - each.champion(),
                                        each.low(),
                                        each.high())))
                .orElse(List.of("", ""));
    }

    private static String remark(Night night) {
        return night.find(Stage.Ended.class)
                .filter(ended -> ended.outcome() != Stage.Outcome.PROMOTED)
                .map(Stage.Ended::message)
                .orElse("");
    }

    private static List<String> rollbacks(Pointer pointer) {
        List<String> lines = new ArrayList<>();
        pointer.moves().stream()
                .filter(move -> move.why() == Pointer.Why.ROLLED_BACK)
                .forEach(move ->
                        lines.add("rolled back from %s to %s at %s%n".formatted(move.from(), move.to(), move.at())));
        return lines;
    }
}
