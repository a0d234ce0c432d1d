package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.jobs.compose.Showcase;
import io.squadron.storage.Storage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PreviewTest {
    private static final int DRAWS = 8;

    @TempDir
    Path directory;

    @Test
    void showsOriginalsBesideWhatThePipelineMakesOfThem() throws Exception {
        Terminal terminal = preview("--images", "3", "--set", "augment.jpeg=1", "--set", "augment.rotate-degrees=20");
        assertThat(terminal.exitCode()).as("exit code; %s", terminal.err()).isZero();
        Document page = page();
        List<Element> rows = rows(page);
        // Three images together; then the crop, the flip, the rotation and the compression, with two images each.
        assertThat(rows).as("rows").hasSize(3 + 4 * 2);
        for (Element row : rows) {
            assertThat(pictures(row)).as("pictures of a row").hasSize(1 + DRAWS);
        }
        for (Element row : rows.subList(0, 3)) {
            List<String> pictures = pictures(row);
            assertThat(pictures.stream().distinct())
                    .as("different pictures of a row under everything")
                    .hasSize(1 + DRAWS);
        }
        assertThat(page.getDocumentElement().getTextContent())
                .as("text")
                .contains("rotate-degrees = 20.0", "Largest rotation to either side", "broken.png: Cannot decode");
    }

    @Test
    void everyAugmentationCanBeShown() throws Exception {
        Terminal terminal = preview("--images", "1", "--all");
        assertThat(terminal.exitCode()).as("exit code; %s", terminal.err()).isZero();
        List<Element> rows = rows(page());
        assertThat(Showcase.configurations()).as("configurations").isNotEmpty();
        // One for the pipeline; two crops, two flips, rotation, zoom, shear, perspective, five of colours, sharpness,
        // blur,
        // two noises, compression, erasing and three policies.
        assertThat(rows).as("rows").hasSize(1 + 22);
        for (Element row : rows.subList(1, rows.size())) {
            assertThat(pictures(row).stream().skip(1).distinct().count())
                    .as(
                            "different draws of %s",
                            row.getParentNode().getParentNode().getTextContent())
                    .isGreaterThan(1);
        }
    }

    @Test
    void aDatasetShowsItsClassesAndTheDrawsOfTraining() throws Exception {
        Path images = directory.resolve("images");
        RealJobs.draw(Storage.of(Map.of()), images.toString(), 4, List.of("circle", "star"));
        String dataset = directory.resolve("dataset").toString();
        Terminal prepared = RealJobs.run("prepare", "--from", images.toString(), "--out", dataset);
        assertThat(prepared.exitCode()).as("exit code; %s", prepared.err()).isZero();
        String out = directory.resolve("p.html").toString();
        String[] arguments = {"preview", "--from", dataset, "--out", out, "--images", "3"};
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "input.size=32", "--set", "input.resize=32"));
        Terminal terminal = RealJobs.run(all.toArray(String[]::new));
        assertThat(terminal.exitCode()).as("exit code; %s", terminal.err()).isZero();
        List<Element> rows = rows(page());
        assertThat(rows).as("rows: three together, crop and flip for two each").hasSize(3 + 2 * 2);
        for (Element row : rows) {
            assertThat(row.getFirstChild().getTextContent()).as("caption").isIn("circle", "star");
        }
    }

    @Test
    void aPlaceWithoutImagesIsRefused() {
        Terminal terminal = RealJobs.run(
                "preview",
                "--from",
                directory.toString(),
                "--out",
                directory.resolve("p.html").toString());
        assertThat(terminal.exitCode()).as("exit code").isEqualTo(3);
        assertThat(terminal.err()).as("message").contains("it holds no image that can be read");
    }

    private Terminal preview(String... options) throws Exception {
        Path images = directory.resolve("images");
        RealJobs.draw(Storage.of(Map.of()), images.toString(), 2, List.of("circle", "star"));
        Files.writeString(images.resolve("broken.png"), "no picture");
        Files.writeString(images.resolve("_hidden.png"), "no picture");
        List<String> arguments = new ArrayList<>(List.of("preview", "--from", images.toString(), "--out"));
        arguments.addAll(
                List.of(directory.resolve("p.html").toString(), "--set", "input.size=32", "--set", "input.resize=32"));
        arguments.addAll(List.of(options));
        return RealJobs.run(arguments.toArray(String[]::new));
    }

    private Document page() throws Exception {
        String html = Files.readString(directory.resolve("p.html")).replace("<!DOCTYPE html>", "");
        assertThat(html).as("references").doesNotContain("http", "<script", "<link");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new org.xml.sax.InputSource(new java.io.StringReader(html)));
    }

    private static List<Element> rows(Document page) {
        NodeList all = page.getElementsByTagName("div");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .filter(each -> each.getAttribute("class").equals("row"))
                .toList();
    }

    /** The images of a row as their files in base64; each is decoded once, to see that it can be. */
    private static List<String> pictures(Element row) throws Exception {
        NodeList all = row.getElementsByTagName("img");
        List<String> files = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            String file =
                    ((Element) all.item(i)).getAttribute("src").replaceFirst("^data:image/(png|jpeg);base64,", "");
            byte[] bytes = Base64.getDecoder().decode(file);
            assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth())
                    .as("width of a picture")
                    .isEqualTo(32);
            files.add(file);
        }
        return files;
    }
}
