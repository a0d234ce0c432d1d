package io.squadron.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** PNG and WebP files of cameras that were held otherwise than upright. */
class HeldTest {
    private final Decoder decoder = Decoder.standard();

    /** Files and pixels by docs/results/scripts/exif_golden.py: both formats, both byte orders, all eight values. */
    @Test
    void pngAndWebpAreTurnedAsPillowTurnsThem() {
        JsonNode files = JpegFiles.read("exif.json").get("files");
        assertThat(files).as("files").hasSize(32);
        files.fields().forEachRemaining(each -> {
            JsonNode expected = each.getValue();
            Picture picture = decoder.open(JpegFiles.bytes(expected.get("file")));
            Image seen = picture.whole();
            assertThat(picture.size())
                    .as("size of %s", each.getKey())
                    .isEqualTo(new Size(
                            expected.get("height").asInt(),
                            expected.get("width").asInt()));
            assertThat(seen.pixels())
                    .as("pixels of %s", each.getKey())
                    .isEqualTo(JpegFiles.bytes(expected.get("pixels")));
        });
    }

    @Test
    void aDamagedBlockMeansUpright() {
        Image stored = Pictures.noise(4, 6, 1);
        for (String block : new String[] {"", "MM", "nonsense that is no TIFF", "II*\0\u007f\u007f\u007f\u007f"}) {
            Image seen = decoder.decode(withBlock(Encoder.png(stored), block.getBytes(US_ASCII)));
            assertThat(seen.pixels()).as("pixels with block '%s'", block).isEqualTo(stored.pixels());
        }
    }

    /** With a chunk eXIf behind the header, which takes 25 bytes after the signature of 8. */
    private static byte[] withBlock(byte[] png, byte[] block) {
        byte[] chunk = new byte[4 + block.length];
        System.arraycopy("eXIf".getBytes(US_ASCII), 0, chunk, 0, 4);
        System.arraycopy(block, 0, chunk, 4, block.length);
        CRC32 sum = new CRC32();
        sum.update(chunk);
        return ByteBuffer.allocate(png.length + chunk.length + 8)
                .put(Arrays.copyOf(png, 33))
                .putInt(block.length)
                .put(chunk)
                .putInt((int) sum.getValue())
                .put(png, 33, png.length - 33)
                .array();
    }
}
