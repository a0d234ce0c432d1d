package io.squadron.replica;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Puts states on storage and takes them back: each rank writes one part, whoever restores reads all of them. */
public final class StateFiles {
    private final Storage storage;

    public StateFiles(Storage storage) {
        this.storage = storage;
    }

    /** Writes the rank's part into {@code directory}; the file appears whole or not at all. */
    SavedPart write(String directory, StateParts.Stretch stretch, List<String> names, List<float[]> vectors) {
        String name = "part-%010d-%010d.sqd".formatted(stretch.first(), stretch.end());
        MeteredOutput[] metered = new MeteredOutput[1];
        storage.replace(Storage.child(directory, name), out -> {
            metered[0] = new MeteredOutput(out);
            StateParts.write(metered[0], stretch, names, vectors);
        });
        return new SavedPart(name, metered[0].bytes(), metered[0].sha256());
    }

    /** Fills {@code vectors} from all parts; fails if the parts leave an element out or belong to another step. */
    public void read(SavedState state, List<String> names, List<float[]> vectors) {
        int next = 0;
        for (SavedPart part : state.parts()) {
            String where = Storage.child(state.directory(), part.name());
            StateParts.Stretch stretch = read(where, names, vectors);
            if (stretch.first() != next || stretch.step() != state.step()) {
                throw Failure.state(
                        "Cannot restore step %d from %s: it holds step %d from element %d on (expected element %d)",
                        state.step(), where, stretch.step(), stretch.first(), next);
            }
            next = stretch.end();
        }
        if (next != vectors.get(0).length) {
            throw Failure.state(
                    "Cannot restore step %d from %s: its parts end at element %d (expected %d)",
                    state.step(), state.directory(), next, vectors.get(0).length);
        }
    }

    private StateParts.Stretch read(String where, List<String> names, List<float[]> vectors) {
        try (InputStream in = new BufferedInputStream(storage.open(where), 1 << 16)) {
            return StateParts.read(in, where, names, vectors);
        } catch (IOException e) {
            throw Failure.state("Cannot read %s: %s", where, e.getMessage()).causedBy(e);
        }
    }
}
