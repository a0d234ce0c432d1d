package io.squadron.driver.source;

import io.squadron.storage.Storage;

/** Files of a class folder, one after the other. */
record FolderReader(Storage storage) implements UnitReader {
    @Override
    public void read(SourceUnit unit, Sink sink) {
        WholeFiles files = new WholeFiles(storage, sink);
        for (String name : unit.names()) {
            files.image(
                    unit.path() + "/" + name,
                    Storage.child(unit.uri(), name),
                    new LabelText(unit.label(), unit.split()));
        }
    }
}
