package io.squadron.exchange.torch;

import io.squadron.exchange.ByteRanges;
import io.squadron.exchange.TensorEntry;
import io.squadron.exchange.TensorFile;
import io.squadron.exchange.torch.PickleValue.Dictionary;
import io.squadron.exchange.torch.PickleValue.Sequence;
import io.squadron.exchange.torch.PickleValue.Tensor;
import io.squadron.exchange.torch.PickleValue.Tuple;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of torch.save. Tensors in dictionaries within dictionaries are named by the way to them, {@code
 * state_dict.conv1.weight}; tensors that share a storage, and transposed ones, read as what torch would show.
 */
public final class TorchFile implements TensorFile {
    private static final int DEEPEST = 16;
    private static final int MOST_VALUES = 1_000_000;
    private static final int ZIP = 0x04034b50;

    private final ByteRanges file;
    private final Map<String, StorageHome> homes;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private TorchFile(ByteRanges file, Map<String, StorageHome> homes) {
        this.file = file;
        this.homes = homes;
    }

    /** Reads and checks all but the numbers. */
    public static TorchFile open(Storage storage, String uri) {
        return of(ByteRanges.open(storage, uri));
    }

    /** As {@link #open}; {@code file} belongs to what is returned, and is closed where nothing is. */
    public static TorchFile of(ByteRanges file) {
        try {
            boolean zip = file.length() >= Integer.BYTES
                    && file.buffer(0, Integer.BYTES).getInt() == ZIP;
            TorchArchive archive = zip ? TorchArchive.zipped(file) : TorchArchive.legacy(file);
            TorchFile opened = new TorchFile(file, archive.homes());
            opened.collect(archive.root());
            opened.requireStorages();
            return opened;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** A place in the tree of dictionaries. */
    private record Place(String name, PickleValue value, int depth) {}

    /** Without recursion, and not forever: dictionaries may share and contain each other. */
    private void collect(PickleValue root) {
        Deque<Place> open = new ArrayDeque<>(List.of(new Place("", root, 0)));
        int seen = 0;
        while (!open.isEmpty()) {
            Place place = open.removeLast();
            if (++seen > MOST_VALUES || place.depth() > DEEPEST) {
                throw damaged("it has dictionaries in dictionaries without end");
            }
            if (place.value() instanceof Tensor tensor) {
                if (tensors.put(place.name(), tensor) != null) {
                    throw damaged("it has two tensors named '%s'", place.name());
                }
            } else {
                List<Place> inside = inside(place);
                for (int i = inside.size() - 1; i >= 0; i--) {
                    open.addLast(inside.get(i));
                }
            }
        }
        if (tensors.isEmpty()) {
            throw damaged("it has no tensors in its dictionaries");
        }
    }

    private static List<Place> inside(Place place) {
        String prefix = place.name().isEmpty() ? "" : place.name() + ".";
        List<Place> inside = new ArrayList<>();
        if (place.value() instanceof Dictionary dictionary) {
            dictionary.items.forEach((name, value) -> inside.add(new Place(prefix + name, value, place.depth() + 1)));
        } else {
            List<PickleValue> items = place.value() instanceof Sequence sequence
                    ? sequence.items
                    : place.value() instanceof Tuple tuple ? tuple.items() : List.of();
            items.forEach(value -> inside.add(new Place(prefix + inside.size(), value, place.depth() + 1)));
        }
        return inside;
    }

    private void requireStorages() {
        tensors.forEach((name, tensor) -> {
            PickleValue.StorageRef storage = tensor.storage();
            StorageHome home = homes.get(storage.key());
            long bytes = storage.elements() * storage.kind().bytes();
            if (home == null || home.bytes() != bytes) {
                throw damaged(
                        "tensor '%s' needs storage '%s' of %d bytes, which %s",
                        name, storage.key(), bytes, home == null ? "is missing" : "has " + home.bytes());
            }
            file.require(home.begin(), bytes);
        });
    }

    @Override
    public String where() {
        return file.uri();
    }

    @Override
    public List<TensorEntry> entries() {
        return tensors.entrySet().stream()
                .map(each -> new TensorEntry(
                        each.getKey(),
                        each.getValue().shape().stream().map(Long::intValue).toList()))
                .toList();
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public float[] read(TensorEntry entry) {
        Tensor tensor = tensors.get(entry.name());
        if (tensor == null) {
            throw new IllegalArgumentException("There is no tensor '%s' in %s".formatted(entry.name(), where()));
        }
        Strides strides = Strides.of(tensor);
        long begin = homes.get(tensor.storage().key()).begin()
                + tensor.offset() * tensor.storage().kind().bytes();
        if (strides.span() > Integer.MAX_VALUE - 8) {
            throw damaged("tensor '%s' is spread over %d elements", entry.name(), strides.span());
        }
        return strides.gather(file.numbers(begin, tensor.storage().kind(), (int) strides.span()));
    }

    private Failure damaged(String format, Object... values) {
        return Failure.data(
                "Cannot read %s: %s (expected a state dict, as torch.save(model.state_dict(), file) writes it). "
                        + "Save it again",
                file.uri(), String.format(Locale.ROOT, format, values));
    }

    @Override
    public void close() {
        file.close();
    }
}
