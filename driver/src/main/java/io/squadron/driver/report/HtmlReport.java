package io.squadron.driver.report;

import io.squadron.evaluation.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The report of a run: one HTML file that needs no network, no script and no other file. Well-formed XML too. The same
 * data give the same bytes.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /** The whole file, to be written as UTF-8. */
    public static String render(ReportData data) {
        Metrics metrics = Metrics.of(data.evaluation().tally());
        Markup page = begun(data.title());
        HeadlineSection.write(page, data, metrics);
        TrainingSection.write(page, data.history());
        if (metrics.samples() > 0) {
            ClassesSection.write(page, data, metrics);
            CalibrationSection.write(page, data, metrics);
        }
        PicturesSection.write(page, data);
        InsightsSection.write(page, data);
        TimeSection.write(page, data.history());
        OriginSection.write(page, data);
        return ended(page);
    }

    /** A page of this kind up to its first section. */
    static Markup begun(String title) {
        Markup page = new Markup();
        page.open("html", "lang", "en").open("head");
        page.leaf("meta", "charset", "utf-8");
        page.leaf("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.leaf("meta", "name", "color-scheme", "content", "light dark");
        page.element("title", title + " · Squadron");
        return page.open("style").raw(style()).close().close().open("body").open("main");
    }

    /** The whole file, after its last section. */
    static String ended(Markup page) {
        page.element("footer", "Written by Squadron. This page is one file: keep it, mail it, print it.");
        return "<!DOCTYPE html>\n" + page.close().close().close();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
