package io.squadron.driver.spark.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.squadron.driver.source.Sighting;
import io.squadron.driver.source.SourceFormat;
import io.squadron.driver.source.SourceOptions;
import io.squadron.driver.source.SourceUnit;
import io.squadron.driver.source.UnitReader;
import io.squadron.failure.Failure;
import io.squadron.image.Decoder;
import io.squadron.image.Encoder;
import io.squadron.image.Image;
import io.squadron.image.Resample;
import io.squadron.image.Size;
import io.squadron.storage.Checksum;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Looks through units on an executor: decodes every image wholly, hashes and measures it, shrinks it where that is asked for, and
 * writes down what it found. The file of a unit appears last, so that a unit counts only when all of it is there.
 *
 * @param shrink shorter side in pixels that larger images are shrunk to; 0: none
 */
record Surveyor(Work work, SourceOptions options, long maxPixels, int shrink) implements Serializable {
    private static final int JPEG_QUALITY = 95;
    private static final int KEY_DIGITS = 32;

    /** What names the result: the unit, and all that this surveyor is told to do with it. */
    String key(SourceUnit unit) {
        String all = unit.key() + " " + options.columns() + " " + maxPixels + " " + shrink;
        return Checksum.sha256(all.getBytes(UTF_8)).substring(0, KEY_DIGITS);
    }

    /** Leaves what it found at {@link Work#part} and {@link Work#staged} of {@code key}. */
    void survey(SourceUnit unit, String key) {
        work.storage().replace(work.part(key), out -> {
            if (stages(unit)) {
                work.storage().replace(work.staged(key), staged -> survey(unit, out, staged));
            } else {
                survey(unit, out, OutputStream.nullOutputStream());
            }
        });
    }

    private boolean stages(SourceUnit unit) {
        return shrink > 0 || unit.format() == SourceFormat.IDX || unit.format() == SourceFormat.PARQUET;
    }

    private void survey(SourceUnit unit, OutputStream out, OutputStream staged) throws IOException {
        UnitReader reader = UnitReader.of(unit.format(), work.storage(), options);
        try (SurveyPart.Writer rows = new SurveyPart.Writer(new BufferedOutputStream(out, 1 << 16))) {
            reader.read(unit, new Desk(rows, staged));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Where images arrive one by one. */
    private final class Desk implements UnitReader.Sink {
        private final Decoder decoder = new Decoder(maxPixels);
        private final SurveyPart.Writer rows;
        private final OutputStream staged;
        private long end;

        Desk(SurveyPart.Writer rows, OutputStream staged) {
            this.rows = rows;
            this.staged = staged;
        }

        @Override
        public void image(Sighting sighting) {
            try {
                rows.add(row(sighting));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void damaged(String path, String reason) {
            try {
                rows.add(SurveyRow.damaged(path, reason));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private SurveyRow row(Sighting sighting) throws IOException {
            Image image;
            try {
                image = decoder.decode(sighting.content().file());
            } catch (Failure e) {
                if (e.kind() != Failure.Kind.DATA) {
                    throw e;
                }
                return SurveyRow.damaged(sighting.path(), e.getMessage());
            }
            boolean shrunk = shrink > 0 && Math.min(image.height(), image.width()) > shrink;
            byte[] file = sighting.content().file();
            if (shrunk) {
                file = Encoder.jpeg(Resample.to(image, smaller(image)), JPEG_QUALITY);
                image = decoder.decode(file);
            }
            long hash = hash(sighting.content().identity());
            SurveyRow.StoredImage stored = stored(sighting, file, shrunk ? "jpg" : sighting.extension());
            SurveyRow.Pixels pixels = new SurveyRow.Pixels(image.height(), image.width(), PixelSums.of(image));
            return new SurveyRow(sighting.path(), sighting.label(), sighting.split(), stored, hash, pixels, "");
        }

        private SurveyRow.StoredImage stored(Sighting sighting, byte[] file, String extension) throws IOException {
            Sighting.Place place = sighting.place();
            if (place.isNowhere() || file != sighting.content().file()) {
                place = new Sighting.Place("", end);
                staged.write(file);
                end += file.length;
            }
            return new SurveyRow.StoredImage(place, file.length, extension, hash(file));
        }

        private Size smaller(Image image) {
            int shorter = Math.min(image.height(), image.width());
            return new Size(
                    Math.toIntExact(Math.round((double) image.height() * shrink / shorter)),
                    Math.toIntExact(Math.round((double) image.width() * shrink / shorter)));
        }
    }

    /** The first 64 bits of SHA-256. */
    static long hash(byte[] bytes) {
        return ByteBuffer.wrap(Checksum.digest().digest(bytes)).getLong();
    }
}
