package io.squadron.driver.experiment;

import java.util.stream.Collectors;

/** One run of a sweep: a setting with a seed. */
public record Trial(Setting setting, long seed) {
    private static final int LONGEST = 80;

    /**
     * The name of its run directory: readable, and with a hash of all that it sets, so that it is the same in every sweep that
     * holds this trial and no two trials share one.
     */
    public String name() {
        String all = setting.assignments().stream()
                .map(each -> each.key() + "=" + each.value())
                .collect(Collectors.joining("\n"));
        String brief = setting.assignments().stream()
                .map(Setting.Assignment::brief)
                .collect(Collectors.joining("_"))
                .replaceAll("[^A-Za-z0-9=._-]", "-");
        String shown = brief.length() > LONGEST ? brief.substring(0, LONGEST) : brief;
        return "%s%sseed=%d-%08x".formatted(shown, shown.isEmpty() ? "" : "_", seed, all.hashCode());
    }
}
