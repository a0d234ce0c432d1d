package io.squadron.jobs.compose;

import io.squadron.exchange.FittingReport;
import io.squadron.exchange.Intake;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.Preprocessing;
import io.squadron.exchange.TensorFile;
import io.squadron.exchange.TensorFiles;
import io.squadron.storage.Storage;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The job import: a file of others becomes a model, and a table says what became of each tensor. Needs no Spark. */
public record Importing(Storage storage) {
    /**
     * Writes the model and returns the table.
     *
     * @param images changes what is known of the preprocessing to what is asked for
     */
    public String run(String from, String out, Intake intake, UnaryOperator<Preprocessing> images) {
        try (TensorFile file = TensorFiles.open(storage, storage.qualified(from))) {
            Preprocessing input = images.apply(Preprocessing.of(file, intake.architecture()));
            Intake.Taken taken = intake.of(file, input);
            ModelFile.write(storage, out, taken.model());
            return table(taken.report()) + facts(taken.model().facts(), input) + "model: " + out + "\n";
        }
    }

    private static String table(FittingReport report) {
        StringBuilder text = new StringBuilder(report.summary()).append('\n');
        row(text, "tensor of the file", "shape", "is");
        report.used().forEach(each -> row(text, each.source(), each.shape(), each.name()));
        report.unused().forEach(each -> row(text, each.source(), each.shape(), "not used: " + each.reason()));
        report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    /** Names come from strangers and go to terminals. */
    private static void row(StringBuilder text, String source, Object shape, String what) {
        text.append(String.format(
                Locale.ROOT,
                "  %-44s %-18s %s%n",
                source.replaceAll("\\p{Cntrl}", "?"),
                shape,
                what.replaceAll("\\p{Cntrl}", "?")));
    }

    private static String facts(ModelFacts facts, Preprocessing input) {
        List<String> classes = facts.classes();
        return String.format(
                Locale.ROOT,
                "images: resize %d, size %d, %s, mean %s, deviation %s (unless said otherwise, from %s)%n"
                        + "classes: %d, from '%s' to '%s'%n",
                facts.resize(),
                facts.size(),
                facts.interpolation().name().toLowerCase(Locale.ROOT),
                facts.normalisation().mean(),
                facts.normalisation().deviation(),
                input.source(),
                classes.size(),
                classes.get(0),
                classes.get(classes.size() - 1));
    }
}
