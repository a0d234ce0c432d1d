package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.exchange.TravellingModels;
import io.squadron.exchange.onnx.OnnxModel;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code export} on a file of a model; what a run gives is in {@link BadInputTest}, which trains one. */
class ExportTest {
    private static final Storage STORAGE = Storage.of(Map.of());

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static PortableModel model;
    private static String file;

    @BeforeAll
    static void writeAModel() {
        model = TravellingModels.of("resnet18");
        file = shared.resolve("model.safetensors").toString();
        ModelFile.write(STORAGE, file, model);
    }

    @Test
    void safetensorsAreTheModelAgain() {
        Terminal exported = export("safetensors", "copy.safetensors");

        assertThat(exported.exitCode()).as("exit code: %s", exported).isZero();
        assertThat(exported.out()).as("result").contains(path("copy.safetensors"), "resnet18 with 3 classes");
        PortableModel copy = ModelFile.read(STORAGE, path("copy.safetensors"));
        assertThat(copy.facts()).as("facts").isEqualTo(model.facts());
        assertThat(copy.provenance()).as("provenance").isEqualTo(model.provenance());
        assertThat(copy.weights().values())
                .as("weights")
                .isEqualTo(model.weights().values());
    }

    @Test
    void onnxIsWrittenWithWhatWasAskedFor() throws IOException {
        Terminal exported = export("onnx", "model.onnx", "--with-preprocessing", "--with-probabilities");

        assertThat(exported.exitCode()).as("exit code: %s", exported).isZero();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        OnnxModel.write(model, Set.of(OnnxModel.Extra.PREPROCESSING, OnnxModel.Extra.PROBABILITIES), expected);
        assertThat(bytes("model.onnx")).as("file").isEqualTo(expected.toByteArray());
    }

    @Test
    void aTakenNameIsRefusedUntilOverwritingIsAskedFor() throws IOException {
        Path out = Files.writeString(folder.resolve("model.pth"), "of somebody else");

        assertStops(export("pth", "model.pth"), 4, path("model.pth"), "the name is taken", "--overwrite");
        assertThat(out).as("file").hasContent("of somebody else");

        Terminal exported = export("pth", "model.pth", "--overwrite");
        assertThat(exported.exitCode()).as("exit code: %s", exported).isZero();
        assertThat(bytes("model.pth")).as("start of a zip").startsWith('P', 'K');
        assertThat(listing()).as("what lies there").containsExactly("model.pth");
    }

    @Test
    void computationIsForOnnxAlone() throws IOException {
        assertStops(export("safetensors", "model", "--with-probabilities"), 2, "safetensors", "--format onnx");
        assertThat(listing()).as("what lies there").isEmpty();
    }

    @Test
    void aModelThatIsNotThere() throws IOException {
        Terminal stopped =
                RealJobs.run("export", "--model", path("absent"), "--format", "onnx", "--out", path("model.onnx"));
        assertStops(stopped, 3, "absent", "there is nothing", "Check the path");
        assertThat(listing()).as("what lies there").isEmpty();
    }

    @Test
    void aFolderThatIsNoRun() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Terminal stopped =
                RealJobs.run("export", "--model", path("empty"), "--format", "onnx", "--out", path("model.onnx"));
        assertStops(stopped, 4, "empty", "checkpoint.json", "Name a run that has trained");
        assertThat(listing()).as("what lies there").containsExactly("empty");
    }

    private Terminal export(String format, String out, String... further) {
        List<String> arguments =
                new ArrayList<>(List.of("export", "--model", file, "--format", format, "--out", path(out)));
        arguments.addAll(Arrays.asList(further));
        return RealJobs.run(arguments.toArray(String[]::new));
    }

    private static void assertStops(Terminal terminal, int exitCode, String... said) {
        assertThat(terminal.exitCode()).as("exit code: %s", terminal).isEqualTo(exitCode);
        assertThat(terminal.err()).as("error").contains(said).doesNotContain("\tat ");
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /** The names in the folder, hidden ones too. */
    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .sorted()
                    .toList();
        }
    }
}
