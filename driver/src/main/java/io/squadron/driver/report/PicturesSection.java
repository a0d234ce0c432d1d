package io.squadron.driver.report;

import io.squadron.evaluation.Mistake;
import java.util.Base64;
import java.util.List;

/** Mistakes and augmentation, to be looked at. */
final class PicturesSection {
    private PicturesSection() {}

    static void write(Markup page, ReportData data) {
        if (!data.mistakes().isEmpty()) {
            mistakes(page, data);
        }
        if (!data.augmented().isEmpty()) {
            augmented(page, data);
        }
    }

    private static void mistakes(Markup page, ReportData data) {
        page.open("section").element("h2", "Worst mistakes");
        page.element(
                "p",
                "The wrong answers with the highest loss. Look for wrong labels among them before blaming the model.",
                "class",
                "lead");
        page.open("div", "class", "gallery");
        for (ReportData.MistakePicture each : data.mistakes()) {
            Mistake mistake = each.mistake();
            String label = data.classes().get(mistake.label());
            String predicted = data.classes().get(mistake.predicted());
            page.open("figure", "title", "sample " + hex(mistake.id()) + ", position " + mistake.position());
            picture(page, each.png(), label + ", predicted as " + predicted);
            page.open("figcaption");
            guess(page, "b", predicted, mistake.predictedProbability());
            guess(page, "a", label, mistake.labelProbability());
            page.element("span", "loss " + Numbers.fixed(mistake.loss(), 2), "class", "soft");
            page.close().close();
        }
        page.close();
        page.open("p", "class", "keys").leaf("i", "class", "swatch b").text("predicted, with its probability ");
        page.leaf("i", "class", "swatch a")
                .text("label, with its probability")
                .close()
                .close();
    }

    private static void guess(Markup page, String kind, String name, double probability) {
        page.open("span", "class", "guess").leaf("i", "class", "swatch " + kind);
        page.element("b", name)
                .element("span", Numbers.percent(probability, 1), "class", "number")
                .close();
    }

    private static void augmented(Markup page, ReportData data) {
        page.open("section").element("h2", "What augmentation did");
        page.element("p", "Left the stored image, then what training saw of it in different epochs.", "class", "lead");
        rows(page, data.augmented());
        page.close();
    }

    /** A row for each sample: what is stored, then its draws. */
    static void rows(Markup page, List<ReportData.AugmentedSample> samples) {
        page.open("div", "class", "draws");
        for (ReportData.AugmentedSample sample : samples) {
            page.open("div", "class", "row").element("span", sample.caption(), "class", "caption");
            page.open("div", "class", "original");
            picture(page, sample.original(), sample.caption() + ", stored").close();
            for (byte[] draw : sample.draws()) {
                picture(page, draw, sample.caption() + ", augmented");
            }
            page.close();
        }
        page.close();
    }

    static Markup picture(Markup page, byte[] file, String name) {
        String kind = file[0] == (byte) 0xFF ? "jpeg" : "png";
        String data = "data:image/" + kind + ";base64," + Base64.getEncoder().encodeToString(file);
        return page.leaf("img", "src", data, "alt", name);
    }

    private static String hex(long id) {
        return String.format("%016x", id);
    }
}
