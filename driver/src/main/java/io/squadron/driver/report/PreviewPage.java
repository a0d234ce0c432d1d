package io.squadron.driver.report;

/** The page of a preview: one HTML file that needs no network, no script and no other file. Well-formed XML too. */
public final class PreviewPage {
    private PreviewPage() {}

    /** The whole file, to be written as UTF-8. */
    public static String render(PreviewData data) {
        Markup page = HtmlReport.begun(data.title());
        page.open("header").element("p", "Squadron preview", "class", "kicker");
        page.element("h1", data.title()).element("p", data.summary(), "class", "summary");
        page.close();
        together(page, data);
        apart(page, data);
        unreadable(page, data);
        return HtmlReport.ended(page);
    }

    private static void together(Markup page, PreviewData data) {
        page.open("section").element("h2", "All together");
        page.element(
                "p",
                "Left the image as it is stored, its shorter side shrunk to the input's; beside it what training sees of "
                        + "it in its first epochs. If you could not name the class of a picture, neither can the network.",
                "class",
                "lead");
        PicturesSection.rows(page, data.together());
        page.close();
    }

    private static void apart(Markup page, PreviewData data) {
        if (data.apart().isEmpty()) {
            return;
        }
        page.open("section").element("h2", "One by one");
        page.element("p", "Each augmentation alone, on the middle of the image, with these settings.", "class", "lead");
        for (PreviewData.Group group : data.apart()) {
            page.open("div", "class", "alone").element("h3", group.setting());
            page.element("p", group.explanation(), "class", "lead");
            PicturesSection.rows(page, group.samples());
            page.close();
        }
        page.close();
    }

    private static void unreadable(Markup page, PreviewData data) {
        if (data.unreadable().isEmpty()) {
            return;
        }
        page.open("section").element("h2", "Not shown").open("ul");
        data.unreadable().forEach(each -> page.element("li", each));
        page.close().close();
    }
}
