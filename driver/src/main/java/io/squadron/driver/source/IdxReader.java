package io.squadron.driver.source;

import io.squadron.image.Encoder;
import io.squadron.storage.Storage;

/** Entries of an IDX file, as grey PNGs. */
record IdxReader(Storage storage) implements UnitReader {
    @Override
    public void read(SourceUnit unit, Sink sink) {
        IdxFile images = IdxFile.read(storage, unit.uri(), 3);
        IdxFile labels = IdxFile.read(storage, unit.label(), 1);
        for (int i = (int) unit.range().first(); i < unit.range().end(); i++) {
            String label = Integer.toString(labels.entry(i)[0] & 0xFF);
            Sighting.Content content = new Sighting.Content(Encoder.png(images.image(i)), images.entry(i));
            sink.image(
                    new Sighting(unit.path() + "#" + i, label, unit.split(), "png", content, Sighting.Place.nowhere()));
        }
    }
}
