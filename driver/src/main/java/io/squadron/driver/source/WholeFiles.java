package io.squadron.driver.source;

import io.squadron.failure.Failure;
import io.squadron.storage.Storage;

/** Images that are files of their own. One that is not there, or no longer, is one damaged image; a store that fails is not. */
record WholeFiles(Storage storage, UnitReader.Sink sink) {
    void image(String path, String uri, LabelText said) {
        byte[] file;
        try {
            file = storage.read(uri);
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.DATA) {
                throw e;
            }
            sink.damaged(path, e.getMessage());
            return;
        }
        sink.image(new Sighting(
                path,
                said.label(),
                said.split(),
                Names.extension(uri),
                Sighting.Content.of(file),
                Sighting.Place.whole(uri)));
    }
}
