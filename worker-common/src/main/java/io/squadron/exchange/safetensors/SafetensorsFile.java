package io.squadron.exchange.safetensors;

import io.squadron.exchange.ByteRanges;
import io.squadron.exchange.TensorEntry;
import io.squadron.exchange.TensorFile;
import io.squadron.storage.Storage;
import java.util.List;
import java.util.Map;

/** One safetensors file, whose tensors are read one by one where they lie. */
public final class SafetensorsFile implements TensorFile {
    private final ByteRanges file;
    private final SafetensorsHeader header;

    private SafetensorsFile(ByteRanges file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
    }

    /** Reads and checks the header. */
    public static SafetensorsFile open(Storage storage, String uri) {
        ByteRanges file = ByteRanges.open(storage, uri);
        try {
            return new SafetensorsFile(file, SafetensorsHeader.read(file));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public String where() {
        return file.uri();
    }

    @Override
    public List<TensorEntry> entries() {
        return header.places().values().stream()
                .map(SafetensorsHeader.Place::entry)
                .toList();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.copyOf(header.metadata());
    }

    @Override
    public float[] read(TensorEntry entry) {
        SafetensorsHeader.Place place = header.places().get(entry.name());
        if (place == null) {
            throw new IllegalArgumentException("There is no tensor '%s' in %s".formatted(entry.name(), where()));
        }
        return file.numbers(place.begin(), place.kind(), entry.length());
    }

    @Override
    public void close() {
        file.close();
    }
}
