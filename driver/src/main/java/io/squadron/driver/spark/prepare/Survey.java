package io.squadron.driver.spark.prepare;

import io.squadron.driver.source.Listing;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** What was found in all units of a source, as far as the driver needs to know it. */
final class Survey {
    private final Surveyor surveyor;
    private final List<String> keys;
    private final int[] firsts;
    private final SampleColumns samples = new SampleColumns();
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final List<Integer> firstOfLabel = new ArrayList<>();
    private final Rejects rejects;

    private Survey(Surveyor surveyor, Listing listing) {
        this.surveyor = surveyor;
        this.keys = listing.units().stream().map(surveyor::key).toList();
        this.firsts = new int[keys.size()];
        this.rejects = Rejects.of(listing.ignored());
    }

    /** Reads what the executors have left for every unit of {@code listing}. */
    static Survey read(Surveyor surveyor, Listing listing) {
        Survey survey = new Survey(surveyor, listing);
        for (int i = 0; i < survey.keys.size(); i++) {
            survey.firsts[i] = survey.samples.size();
            SurveyPart.read(survey.storage(), surveyor.work().part(survey.keys.get(i)), survey::add);
        }
        return survey;
    }

    private void add(SurveyRow row) {
        if (row.usable()) {
            int label = labels.computeIfAbsent(row.label(), absent -> {
                firstOfLabel.add(samples.size());
                return labels.size();
            });
            samples.add(row, label);
        } else {
            rejects.damaged(row.path(), row.reason());
            samples.add(row, 0);
        }
    }

    Work work() {
        return surveyor.work();
    }

    Storage storage() {
        return surveyor.work().storage();
    }

    SampleColumns samples() {
        return samples;
    }

    Rejects rejects() {
        return rejects;
    }

    /** Names of the units' files, in the order of the units. */
    List<String> keys() {
        return keys;
    }

    /** Number of the first image of a unit. */
    int first(int unit) {
        return firsts[unit];
    }

    /** The labels as the source writes them, by the number that the samples bear. */
    List<String> labelTexts() {
        return List.copyOf(labels.keySet());
    }

    /** Gives the samples the labels of {@code classes}. */
    void settle(ClassNames classes) {
        int[] numbers = new int[labels.size()];
        labels.forEach((text, number) -> numbers[number] = classes.number(text)
                .orElseThrow(() -> Failure.data(
                        "Cannot prepare %s: its label is '%s' (expected one of %s). Correct the source or prepare.classes",
                        path(firstOfLabel.get(number)), text, classes.some())));
        samples.relabel(numbers);
    }

    /** Paths of the images of those numbers, by number. Reads the survey again. */
    Map<Integer, String> paths(IntPredicate wanted) {
        Map<Integer, String> found = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            int[] number = {firsts[i]};
            SurveyPart.read(storage(), surveyor.work().part(keys.get(i)), row -> {
                if (wanted.test(number[0])) {
                    found.put(number[0], row.path());
                }
                number[0]++;
            });
        }
        return found;
    }

    private String path(int wanted) {
        return paths(number -> number == wanted).get(wanted);
    }

    /** Exact sums over the pixels of the images of those numbers. Reads the survey again. */
    PixelSums sums(IntPredicate wanted) {
        PixelSums sums = PixelSums.empty();
        for (int i = 0; i < keys.size(); i++) {
            int[] number = {firsts[i]};
            SurveyPart.read(storage(), surveyor.work().part(keys.get(i)), row -> {
                if (wanted.test(number[0]++)) {
                    sums.add(row.sums().sums());
                }
            });
        }
        return sums;
    }
}
