package io.squadron.exchange.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.squadron.engine.Normalisation;
import io.squadron.exchange.ByteRanges;
import io.squadron.exchange.Mapping;
import io.squadron.exchange.Preprocessing;
import io.squadron.exchange.SelfNamed;
import io.squadron.exchange.TensorEntry;
import io.squadron.exchange.TensorFile;
import io.squadron.failure.Failure;
import io.squadron.image.Interpolation;
import io.squadron.model.ModelSpec;
import io.squadron.storage.Storage;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** An HDF5 file of Keras, of weights alone or of a whole model: every dataset under its path, {@code conv1/conv1/kernel:0}. */
public final class KerasFile implements TensorFile, SelfNamed {
    private static final int MOST_NODES = 100_000;
    private static final float BYTE = 255f;
    private static final URI NAME = URI.create("file:/weights.h5");

    private final String uri;
    private final HdfFile file;
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();

    private KerasFile(String uri, HdfFile file) {
        this.uri = uri;
        this.file = file;
    }

    /** Reads the tree of groups. */
    public static KerasFile open(Storage storage, String uri) {
        ByteRanges ranges = ByteRanges.open(storage, uri);
        try {
            KerasFile opened = new KerasFile(uri, parsed(uri, () -> new HdfFile(new RangesChannel(ranges), NAME)));
            parsed(uri, () -> {
                opened.walk();
                return opened;
            });
            return opened;
        } catch (RuntimeException e) {
            ranges.close();
            throw e;
        }
    }

    /** jhdf trusts files more than we do: whatever it throws over one is a fault of the file. */
    private static <T> T parsed(String uri, Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw Failure.data(
                            "Cannot read %s: %s (expected a whole HDF5 file of Keras). Get it again",
                            uri, String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?"))
                    .causedBy(e);
        }
    }

    private void walk() {
        Deque<Group> open = new ArrayDeque<>(List.of(file));
        int seen = 0;
        while (!open.isEmpty()) {
            for (Node node : open.removeFirst().getChildren().values()) {
                if (++seen > MOST_NODES) {
                    throw Failure.data(
                            "Cannot read %s: it has groups in groups without end (expected a file of Keras). Get it again",
                            uri);
                }
                if (node instanceof Group group) {
                    open.addLast(group);
                } else if (node instanceof Dataset dataset && !dataset.isCompound() && !dataset.isVariableLength()) {
                    datasets.put(node.getPath().replaceFirst("^/+(model_weights/)?", ""), dataset);
                }
            }
        }
    }

    @Override
    public String where() {
        return uri;
    }

    @Override
    public List<TensorEntry> entries() {
        return parsed(uri, () -> {
            List<TensorEntry> entries = new ArrayList<>();
            datasets.forEach((name, dataset) -> entries.add(new TensorEntry(
                    name, Arrays.stream(dataset.getDimensions()).boxed().toList())));
            return entries;
        });
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public float[] read(TensorEntry entry) {
        Object flat = parsed(uri, () -> datasets.get(entry.name()).getDataFlat());
        if (flat instanceof float[] values && values.length == entry.length()) {
            return values;
        }
        if (flat instanceof double[] values && values.length == entry.length()) {
            float[] narrow = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                narrow[i] = (float) values[i];
            }
            return narrow;
        }
        throw Failure.data(
                "Cannot read tensor '%s' of %s: it holds %s (expected %d floats). Get the file again",
                entry.name(), uri, flat.getClass().getSimpleName(), entry.length());
    }

    @Override
    public Mapping mapping(ModelSpec spec) {
        return new KerasMap(this, spec).mapping();
    }

    /** keras.applications' mode "caffe": pixels as bytes, minus the means of ImageNet, not divided. */
    @Override
    public Preprocessing preprocessing() {
        return new Preprocessing(
                256,
                224,
                Interpolation.BILINEAR,
                new Normalisation(
                        List.of(123.68f / BYTE, 116.779f / BYTE, 103.939f / BYTE),
                        List.of(1 / BYTE, 1 / BYTE, 1 / BYTE)),
                "keras.applications, mode caffe");
    }

    @Override
    public void close() {
        parsed(uri, () -> {
            file.close();
            return file;
        });
    }
}
