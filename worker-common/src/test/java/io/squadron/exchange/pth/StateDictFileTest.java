package io.squadron.exchange.pth;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.exchange.FloatBytes;
import io.squadron.exchange.NamedFloats;
import io.squadron.exchange.PortableModel;
import io.squadron.exchange.TravellingModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge is another zip reader; what torch itself makes of the files stands in docs/results/export.md. */
class StateDictFileTest {
    @TempDir
    Path folder;

    private static byte[] archive(PortableModel model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            StateDictFile.write(model, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void everyEntryIsStoredAndAligned() throws IOException {
        Path file = Files.write(folder.resolve("model.pth"), archive(TravellingModels.of("resnet18")));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            int count = 0;
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                assertThat(entry.getMethod()).as("method of %s", entry).isZero();
                assertThat(entry.getDataOffset() % 64).as("offset of %s", entry).isZero();
                zip.getInputStream(entry).readAllBytes();
                count++;
            }
            assertThat(count).as("122 tensors, pickle, facts, version").isEqualTo(125);
        }
    }

    @Test
    void thePickleNamesTensorsInOrderAndTheBytesAreTheirs() throws IOException {
        PortableModel model = TravellingModels.of("resnet18");
        Path file = Files.write(folder.resolve("model.pth"), archive(model));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String pickle = new String(content(zip, "archive/data.pkl"), StandardCharsets.ISO_8859_1);
            assertThat(pickle.indexOf("bn1.running_var"))
                    .as("places of names")
                    .isGreaterThan(pickle.indexOf("conv1.weight"))
                    .isLessThan(pickle.indexOf("bn1.num_batches_tracked"));
            NamedFloats first = NamedFloats.of(model.weights()).get(0);
            assertThat(content(zip, "archive/data/0")).as("conv1.weight").isEqualTo(FloatBytes.of(first));
            assertThat(new String(content(zip, "archive/extra/squadron.json"), StandardCharsets.UTF_8))
                    .contains("\"architecture\":\"resnet18\"", "fée", "runs/first");
        }
    }

    @Test
    void theSameModelGivesTheSameBytes() {
        assertThat(archive(TravellingModels.of("resnet18"))).isEqualTo(archive(TravellingModels.of("resnet18")));
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
}
