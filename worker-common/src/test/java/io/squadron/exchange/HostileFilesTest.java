package io.squadron.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.exchange.safetensors.SafetensorsFile;
import io.squadron.exchange.safetensors.SafetensorsWriter;
import io.squadron.exchange.torch.TorchFile;
import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;
import io.squadron.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to harm are refused with a reason, and nothing else happens. */
class HostileFilesTest {
    private static final long SEED = 20_261_123;
    private static final Storage STORAGE = Storage.of(Map.of());
    private static final Path RESOURCES = Path.of("src/test/resources/exchange");

    @TempDir
    Path folder;

    private void refused(byte[] bytes, String... reasons) throws IOException {
        Path file = Files.write(folder.resolve("hostile"), bytes);
        assertThatThrownBy(() -> TensorFiles.open(STORAGE, file.toString()).close())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageContaining("hostile")
                .hasMessageContainingAll(reasons);
    }

    private static byte[] safetensors(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return safetensors(json.length, json, data);
    }

    private static byte[] safetensors(long claimed, byte[] json, int data) {
        return ByteBuffer.allocate(8 + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(claimed)
                .put(json)
                .array();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}"
                        + "|12|begins at byte",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}|12|begins at byte",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|12|the last tensor ends",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|4|has the range",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|8|has the range",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|has the range",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|4|has the shape",
                "{'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,4]}}|4|has the shape",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}"
                        + "|4|unique names",
                "{'a':{'dtype':'Q4','shape':[1],'data_offsets':[0,4]}}|4|has the type 'Q4'",
                "{'a':[]}|4|type",
                "{}}|0|no JSON",
            })
    void headersThatLieAreRefused(String header, int data, String reason) throws IOException {
        refused(safetensors(header.replace('\'', '"'), data), reason);
    }

    @Test
    void aHugeHeaderIsRefusedBeforeItIsRead() throws IOException {
        refused(safetensors(1L << 33, "{}      ".getBytes(StandardCharsets.UTF_8), 0), "its header is said to have");
        refused(safetensors(-5, "{}      ".getBytes(StandardCharsets.UTF_8), 0), "its header is said to have");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        refused(safetensors(5, new byte[] {'{', '"', (byte) 0xC3, '"', '}'}, 0), "UTF-8");
    }

    @Test
    void aDeepHeaderIsRefused() throws IOException {
        refused(safetensors("{\"a\":" + "[".repeat(100_000), 0), "no JSON");
    }

    @Test
    void anIndexThatReachesElsewhereIsRefused() throws IOException {
        refused(
                "{\"weight_map\":{\"a\":\"../../etc/passwd\"}}".getBytes(StandardCharsets.UTF_8),
                "which does not lie beside it");
    }

    private static byte[] archive(String pickle, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            stored(zip, "a/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
            for (String name : names) {
                stored(zip, name, new byte[4]);
            }
        }
        return bytes.toByteArray();
    }

    private static void stored(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
    }

    @ParameterizedTest
    @CsvSource({
        "'cos\nsystem\n(U\4truetR.', 'os.system'",
        "'cposix\nsystem\n(U\4truetR.', 'posix.system'",
        "'c__builtin__\neval\n(U\1xtR.', '__builtin__.eval'",
        "'cbuiltins\ngetattr\n)R.', 'builtins.getattr'",
        "'ctorch.storage\n_load_from_bytes\n)R.', 'torch.storage._load_from_bytes'",
        "'ctorchvision.models.resnet\nResNet\n).', 'torchvision.models.resnet.ResNet'",
        "'(U\4trueios\nsystem\n.', 'os.system'",
        "'\u0080\4U\2osU\6system\u0093.', 'os.system'",
        "'\u0080\2\u0082\5.', 'registry'",
        "'U\1aU\1bR.', 'no function'",
    })
    void picklesThatCallCodeAreRefusedByName(String pickle, String name) throws IOException {
        refused(archive(pickle), "asks for", name);
    }

    @ParameterizedTest
    @CsvSource({
        "'X\u00ff\u00ff\u00ff\u007fa.', 'claims'",
        "'\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fa.', 'claims'",
        "'h\7.', 'never stored'",
        "'R.', 'takes 2 values'",
        "'}', 'ends too early'",
        "'t.', 'never set'",
        "'\u00ee.', 'unknown opcode 0xee'",
        "'}.', 'no tensors'",
    })
    void damagedPicklesAreRefused(String pickle, String reason) throws IOException {
        refused(archive(pickle), reason);
    }

    @Test
    void deepAndEndlessPicklesAreRefused() throws IOException {
        refused(archive("]q\0h\0a."), "without end");
        refused(archive("(".repeat(200_000) + "t".repeat(200_000) + "."), "without end");
        StringBuilder doubling = new StringBuilder("]q\0");
        for (int i = 1; i < 30; i++) {
            char before = (char) (i - 1);
            doubling.append("(h")
                    .append(before)
                    .append('h')
                    .append(before)
                    .append("lq")
                    .append((char) i);
        }
        refused(archive(doubling + "."), "in dictionaries without end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../b", "/etc/passwd", "a/../../b", "a\\b", "c:d"})
    void namesThatLeaveTheArchiveAreRefused(String name) throws IOException {
        refused(archive("}.", name), "leaves the archive");
    }

    @Test
    void compressedArchivesAreRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write("}.".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("a/data/0"));
            zip.write(new byte[1 << 20]);
        }
        refused(bytes.toByteArray(), "compressed, which torch.save never does");
    }

    @Test
    void overlappingEntriesAreRefused() throws IOException {
        byte[] zip = archive("}.", "a/data/0", "a/data/1");
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        int first = text.indexOf("PK\1\2", text.indexOf("PK\1\2") + 1);
        // The second entry takes the name and the place of the third.
        int second = text.indexOf("PK\1\2", first + 1);
        System.arraycopy(zip, second + 42, zip, first + 42, 4);
        zip[first + 46 + "a/data/".length()] = '1';
        refused(zip, "two entries");
    }

    @Test
    void mutatedFilesFailWithAReasonOrReadAsSomething() throws IOException {
        Path single = folder.resolve("single.safetensors");
        SafetensorsWriter.write(
                STORAGE,
                single.toString(),
                List.of(
                        new NamedFloats("conv1.weight", List.of(2, 3), new float[6], 0),
                        new NamedFloats("fc.bias", List.of(4), new float[4], 0)),
                Map.of("format", "pt"));
        List<byte[]> seeds = List.of(
                Files.readAllBytes(single),
                Files.readAllBytes(RESOURCES.resolve("tiny-zip.pth")),
                Files.readAllBytes(RESOURCES.resolve("tiny-legacy.pth")));
        int failed = 0;
        for (int i = 0; i < 3000; i++) {
            int seed = i % seeds.size();
            ByteRanges bytes = ByteRanges.of("mutated", mutated(seeds.get(seed).clone(), i));
            try (TensorFile open = seed == 0 ? SafetensorsFile.of(bytes) : TorchFile.of(bytes)) {
                open.entries().stream()
                        .filter(entry -> entry.length() < 1 << 16)
                        .forEach(open::read);
            } catch (Failure failure) {
                assertThat(failure.kind())
                        .as("mutation %d: %s", i, failure.getMessage())
                        .isEqualTo(Failure.Kind.DATA);
                failed++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation %d of seed %d throws %s".formatted(i, SEED, e), e);
            }
        }
        assertThat(failed).as("mutations that were noticed").isGreaterThan(1000);
    }

    /** Cut off, some bytes changed, or a stretch moved. */
    private static byte[] mutated(byte[] bytes, int number) {
        RandomStream random = RandomStream.of(SEED, "mutation" + number);
        int kind = random.nextInt(4);
        if (kind == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        for (int i = 0; i < kind * kind; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        if (kind == 3) {
            int length = random.nextInt(bytes.length / 4);
            System.arraycopy(
                    bytes, random.nextInt(bytes.length - length), bytes, random.nextInt(bytes.length - length), length);
        }
        return bytes;
    }
}
