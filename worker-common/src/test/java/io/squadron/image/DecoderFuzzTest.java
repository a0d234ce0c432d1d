package io.squadron.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.squadron.failure.Failure;
import io.squadron.random.RandomStream;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Damages real files at random and decodes them: an image or a DATA failure with a reason, never anything else. {@code
 * -Dfuzz.rounds=N} sets the number of rounds, {@code -Dfuzz.seed=N} the seed; each round can be had again by its number.
 */
class DecoderFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 3000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261123L);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int BLOCK = 100;

    /** Small, so that a damaged size costs little. */
    private final Decoder decoder = new Decoder(4_000_000);

    private final List<byte[]> files = files();
    private int images;
    private int refusals;

    private static List<byte[]> files() {
        List<byte[]> files = new ArrayList<>(JpegFiles.all().values());
        for (String format : List.of("png", "bmp", "gif")) {
            files.add(Pictures.file(format, BufferedImage.TYPE_3BYTE_BGR, 33, 41));
            files.add(Pictures.file(format, BufferedImage.TYPE_BYTE_INDEXED, 33, 41));
        }
        files.add(Pictures.file("png", BufferedImage.TYPE_INT_ARGB, 33, 41));
        for (Map.Entry<String, byte[]> each : WebpFiles.all().entrySet()) {
            files.add(each.getValue());
            files.add(each.getValue());
            files.add(each.getValue());
        }
        return files;
    }

    @Test
    void damagedFilesAreImagesOrNamedReasons() {
        for (int first = 0; first < ROUNDS; first += BLOCK) {
            int begin = first;
            assertTimeoutPreemptively(
                    DEADLINE.multipliedBy(2),
                    () -> rounds(begin, Math.min(ROUNDS, begin + BLOCK)),
                    "rounds from " + first);
        }
        assertThat(images).as("damaged files that still decode").isPositive();
        assertThat(refusals).as("damaged files that are refused").isPositive();
        System.out.printf("fuzz: %d rounds, %d images, %d refusals, seed %d%n", ROUNDS, images, refusals, SEED);
    }

    private void rounds(int from, int to) {
        for (int round = from; round < to; round++) {
            RandomStream random = RandomStream.of(SEED, "fuzz", round);
            byte[] file = damaged(random);
            try {
                Picture picture = decoder.open(file);
                Size size = picture.size();
                if (random.chance(0.5)) {
                    picture.cut(new Box(0, 0, size.width(), size.height()), new Size(8, 8));
                } else {
                    picture.whole();
                }
                images++;
            } catch (Failure e) {
                assertThat(e.kind()).as("kind in round %d", round).isEqualTo(Failure.Kind.DATA);
                assertThat(e.getMessage()).as("reason in round %d", round).hasSizeGreaterThan(30);
                refusals++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round + " of seed " + SEED, e);
            }
        }
    }

    private byte[] damaged(RandomStream random) {
        byte[] file = files.get(random.nextInt(files.size())).clone();
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(file, random.nextInt(file.length + 1));
            case 1 -> spliced(file, files.get(random.nextInt(files.size())), random);
            case 2 -> bytes(file, 1 + random.nextInt(20), file.length, random);
            case 3 -> bytes(file, 1 + random.nextInt(4), Math.min(file.length, 700), random);
            case 4 -> bytes(file, 1, Math.min(file.length, 64), random);
            default -> bits(file, 1 + random.nextInt(8), random);
        };
    }

    private static byte[] bits(byte[] file, int count, RandomStream random) {
        for (int i = 0; i < count; i++) {
            file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
    }

    private static byte[] bytes(byte[] file, int count, int below, RandomStream random) {
        byte[] likely = {0, -1, 1, 127, -128};
        for (int i = 0; i < count; i++) {
            byte value = random.chance(0.5) ? likely[random.nextInt(5)] : (byte) random.nextInt(256);
            file[random.nextInt(below)] = value;
        }
        return file;
    }

    private static byte[] spliced(byte[] file, byte[] other, RandomStream random) {
        int keep = random.nextInt(file.length + 1);
        int from = random.nextInt(other.length + 1);
        byte[] result = Arrays.copyOf(file, keep + other.length - from);
        System.arraycopy(other, from, result, keep, other.length - from);
        return result;
    }
}
