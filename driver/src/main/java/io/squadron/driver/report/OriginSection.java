package io.squadron.driver.report;

/** What it takes to do it again: provenance and configuration. */
final class OriginSection {
    private OriginSection() {}

    static void write(Markup page, ReportData data) {
        if (!data.provenance().isEmpty()) {
            page.open("section").element("h2", "Provenance").open("dl", "class", "facts");
            for (ReportData.Fact fact : data.provenance()) {
                page.element("dt", fact.name()).element("dd", fact.value());
            }
            page.close().close();
        }
        if (!data.configuration().isBlank()) {
            page.open("section").element("h2", "Configuration");
            page.element("p", "As resolved: defaults, files and --set put together.", "class", "lead");
            page.element("pre", data.configuration().strip()).close();
        }
    }
}
