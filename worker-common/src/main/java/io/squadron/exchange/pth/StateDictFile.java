package io.squadron.exchange.pth;

import io.squadron.exchange.FloatBytes;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.NamedFloats;
import io.squadron.exchange.PortableModel;
import io.squadron.model.Role;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A model as the archive of a torch state dict, under torchvision's names. Batch norms have {@code num_batches_tracked} = 0,
 * which torch counts and nobody needs. What the weights are for stands in {@code archive/extra/squadron.json}, where {@code
 * torch.load} does not look. The same model gives the same bytes.
 */
public final class StateDictFile {
    private static final String ROOT = "archive/";

    private StateDictFile() {}

    /** Writes the archive and leaves the stream open. */
    public static void write(PortableModel model, OutputStream out) throws IOException {
        List<Tensor> tensors = tensors(model.weights());
        try (StoredZip zip = new StoredZip(out)) {
            zip.add(ROOT + "data.pkl", pickle(tensors));
            for (int i = 0; i < tensors.size(); i++) {
                String name = ROOT + "data/" + i;
                if (tensors.get(i) instanceof Tensor.Floats floats) {
                    int bytes = Math.multiplyExact(floats.values().length(), Float.BYTES);
                    zip.add(name, bytes, each -> FloatBytes.write(floats.values(), each));
                } else {
                    zip.add(name, new byte[Long.BYTES]);
                }
            }
            String about = ModelFile.metadata(model).get(ModelFile.KEY);
            zip.add(ROOT + "extra/squadron.json", about.getBytes(StandardCharsets.UTF_8));
            zip.add(ROOT + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** What the dictionary holds under one name. */
    private sealed interface Tensor {
        String name();

        List<Integer> shape();

        /** Weights or statistics. */
        record Floats(NamedFloats values) implements Tensor {
            @Override
            public String name() {
                return values.name();
            }

            @Override
            public List<Integer> shape() {
                return values.shape();
            }
        }

        /** One int64 of no dimension: 0. */
        record Count(String name) implements Tensor {
            @Override
            public List<Integer> shape() {
                return List.of();
            }
        }
    }

    private static List<Tensor> tensors(Weights weights) {
        List<NamedFloats> floats = NamedFloats.of(weights);
        List<Slice> slices = weights.layout().slices();
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            all.add(new Tensor.Floats(floats.get(i)));
            if (slices.get(i).role() == Role.RUNNING_VARIANCE) {
                all.add(new Tensor.Count(slices.get(i).node() + ".num_batches_tracked"));
            }
        }
        return all;
    }

    private static byte[] pickle(List<Tensor> tensors) {
        PickleWriter pickle = new PickleWriter().orderedDictionary().mark();
        for (int i = 0; i < tensors.size(); i++) {
            tensor(pickle.text(tensors.get(i).name()), tensors.get(i), i);
        }
        return pickle.items().end();
    }

    /** _rebuild_tensor_v2(storage, offset, sides, strides, requires_grad, backward_hooks) */
    private static void tensor(PickleWriter pickle, Tensor tensor, int number) {
        String kind = tensor instanceof Tensor.Floats ? "FloatStorage" : "LongStorage";
        int length = tensor.shape().stream().reduce(1, Math::multiplyExact);
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark().text("storage").global("torch", kind).text(String.valueOf(number));
        pickle.text("cpu").number(length).tuple().persistent();
        pickle.number(0);
        numbers(pickle, tensor.shape());
        numbers(pickle, strides(tensor.shape()));
        pickle.no().orderedDictionary().tuple().reduce();
    }

    private static void numbers(PickleWriter pickle, List<Integer> numbers) {
        pickle.mark();
        numbers.forEach(pickle::number);
        pickle.tuple();
    }

    private static List<Integer> strides(List<Integer> shape) {
        Integer[] strides = new Integer[shape.size()];
        int stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.get(i);
        }
        return List.of(strides);
    }
}
