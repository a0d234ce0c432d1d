package io.squadron.jobs.compose;

import io.squadron.driver.report.PreviewData;
import io.squadron.driver.report.PreviewPage;
import io.squadron.driver.report.ReportData.AugmentedSample;
import io.squadron.image.Augmentation;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.image.Resample;
import io.squadron.image.Size;
import io.squadron.image.TrainingTransform;
import io.squadron.jobs.config.JobConfig;
import io.squadron.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The job preview: a page of a few images beside what augmentation makes of them, all of it together and one by one. The
 * draws of a dataset's images are those that training makes of them in its first epochs.
 *
 * @param from URI of a dataset or of a directory of images
 * @param images how many
 */
public record Preview(JobConfig config, String from, int images) {
    private static final int DRAWS = 8;
    /** How many of the images are shown for each augmentation alone. */
    private static final int APART = 2;
    /** Larger pictures go into the page as JPEG of high quality: without loss it would be tens of megabytes. */
    private static final int SMALL = 96;

    private static final int QUALITY = 92;

    /** Writes the page to {@code out}; one by one it shows what {@code apart} switch on. */
    public void write(String out, List<JobConfig> apart) {
        Gallery.Found found = Gallery.at(from, images);
        List<PreviewData.Group> groups = apart.stream()
                .flatMap(each -> Transforms.steps(each.augment()).stream())
                .map(step -> group(step, found.pictures()))
                .toList();
        PreviewData data = new PreviewData(
                "What augmentation makes of " + from,
                summary(found),
                rows(Transforms.training(config.augment(), config.input()), found.pictures()),
                groups,
                found.unreadable());
        found.storage().replace(out, PreviewPage.render(data).getBytes(StandardCharsets.UTF_8));
    }

    private int size() {
        return config.input().size();
    }

    private String summary(Gallery.Found found) {
        return String.format(
                Locale.ROOT,
                "%d image%s at %d x %d pixels, seed %d",
                found.pictures().size(),
                found.pictures().size() == 1 ? "" : "s",
                size(),
                size(),
                config.seed());
    }

    private PreviewData.Group group(Transforms.Step step, List<Gallery.Exhibit> pictures) {
        List<Augmentation> alone = List.of(step.augmentation());
        return new PreviewData.Group(
                step.setting(),
                JobConfig.explanation("augment." + step.key()),
                rows(
                        new TrainingTransform(alone, size(), config.input().interpolation()),
                        pictures.subList(0, Math.min(APART, pictures.size()))));
    }

    private List<AugmentedSample> rows(TrainingTransform transform, List<Gallery.Exhibit> pictures) {
        return pictures.stream().map(each -> row(transform, each)).toList();
    }

    private AugmentedSample row(TrainingTransform transform, Gallery.Exhibit exhibit) {
        List<byte[]> draws = IntStream.range(0, DRAWS)
                .mapToObj(epoch -> transform.apply(
                        exhibit.picture(), RandomStream.of(config.seed(), "augment", epoch, exhibit.id())))
                .map(Preview::file)
                .toList();
        return new AugmentedSample(exhibit.caption(), file(shrunk(exhibit.whole())), draws);
    }

    /** The whole image, its shorter side at most as long as the input's. */
    private Image shrunk(Image image) {
        double scale = (double) size() / Math.min(image.height(), image.width());
        if (scale >= 1) {
            return image;
        }
        int height = Math.max(1, (int) Math.rint(image.height() * scale));
        int width = Math.max(1, (int) Math.rint(image.width() * scale));
        return Resample.to(image, new Size(height, width));
    }

    private static byte[] file(Image image) {
        boolean small = Math.max(image.height(), image.width()) <= SMALL;
        return small ? Encoder.png(image) : Encoder.jpeg(image, QUALITY);
    }
}
