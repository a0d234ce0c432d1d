package io.squadron.driver.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads back what {@link History} wrote. A run that was resumed at step s has entries beyond s that were written before the
 * stop and whose work was lost: they are dropped, the later ones win. Blank lines mean nothing; lines cut short are
 * counted.
 */
public final class HistoryReader {
    private HistoryReader() {}

    /**
     * The run as it counts in the end.
     *
     * @param text the whole history, as written
     */
    public static RunHistory read(String text) {
        List<HistoryEntry> entries = new ArrayList<>();
        int damaged = 0;
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            try {
                add(entries, HistoryJson.read(line));
            } catch (JsonProcessingException | IllegalArgumentException unreadable) {
                damaged++; // shown in the report; the rest of the run is worth more than this line
            }
        }
        return new RunHistory(entries, damaged);
    }

    private static void add(List<HistoryEntry> entries, HistoryEntry next) {
        if (next instanceof HistoryEntry.Start) {
            entries.removeIf(old -> old.step() > next.step() || (next.step() == 0 && old.step() == 0));
        } else if (next instanceof HistoryEntry.Round round) {
            // A stop was taken back where a later start, with more patience, goes on from its step.
            entries.removeIf(old -> old.step() > round.ended().firstStep() || old instanceof HistoryEntry.Stop);
        } else if (next instanceof HistoryEntry.Evaluation evaluation) {
            entries.removeIf(old -> old instanceof HistoryEntry.Evaluation same
                    && same.step() == evaluation.step()
                    && same.split() == evaluation.split());
        } else if (!(next instanceof HistoryEntry.Repeat)) { // a round may be repeated more than once
            entries.removeIf(old -> old.getClass() == next.getClass() && old.step() == next.step());
        }
        entries.add(next);
    }
}
