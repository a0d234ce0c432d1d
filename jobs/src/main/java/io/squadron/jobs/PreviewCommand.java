package io.squadron.jobs;

import io.squadron.failure.Failure;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code preview}. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Shows what augmentation makes of your images: one page, originals beside draws.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron preview --from images --out preview.html --config my.conf",
            "  squadron preview --from hdfs:///datasets/birds --out preview.html --images 8",
            "  squadron preview --from images --out all.html --all"
        })
final class PreviewCommand implements Runnable {
    private final Jobs jobs;

    @Option(
            names = "--from",
            paramLabel = "URI",
            required = true,
            description = "A prepared dataset, or a directory with images in it or in directories below.")
    private String from;

    @Option(
            names = "--out",
            paramLabel = "URI",
            defaultValue = "preview.html",
            description = "The page that is written, over an older one (default: ${DEFAULT-VALUE}).")
    private String out;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many images are shown, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--all",
            description =
                    "Shows every augmentation there is one by one, strongly, not only those that are switched on.")
    private boolean all;

    @Mixin
    private Configured configured;

    PreviewCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        if (images < 1 || images > 64) {
            throw Failure.usage("Cannot preview %d images (expected 1 to 64). Correct --images", images);
        }
        Jobs.Preview.Shown shown = all ? Jobs.Preview.Shown.ALL : Jobs.Preview.Shown.SWITCHED_ON;
        jobs.preview(new Jobs.Preview(configured.load(Map.of()), from, out, images, shown));
    }
}
