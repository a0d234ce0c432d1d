package io.squadron.exchange;

import io.squadron.exchange.keras.KerasFile;
import io.squadron.exchange.safetensors.SafetensorsFile;
import io.squadron.exchange.safetensors.SafetensorsIndex;
import io.squadron.exchange.torch.TorchFile;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Opens a file of weights of any format, told by how it begins and never by how it is called. */
public final class TensorFiles {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final String INDEX = "model.safetensors.index.json";
    private static final String SINGLE = "model.safetensors";

    private TensorFiles() {}

    /** The file at {@code uri}, or the safetensors in that directory; fails with DATA where it is none that is known. */
    public static TensorFile open(Storage storage, String uri) {
        if (storage.isDirectory(uri)) {
            for (String name : List.of(INDEX, SINGLE)) {
                String inside = Storage.child(uri, name);
                if (storage.exists(inside)) {
                    return open(storage, inside);
                }
            }
            throw Failure.data("Cannot read weights in %s: it has neither %s nor %s. Name a file", uri, INDEX, SINGLE);
        }
        byte[] begin = beginning(storage, uri);
        if (begins(begin, ZIP)) {
            return zip(storage, uri);
        }
        if (begins(begin, HDF5)) {
            return KerasFile.open(storage, uri);
        }
        if (begin.length > 0 && begin[0] == '{') {
            return SafetensorsIndex.open(storage, uri);
        }
        if (begin.length > 1 && begin[0] == (byte) 0x80 && begin[1] <= 5) {
            return torchOrSafetensors(storage, uri, begin);
        }
        if (begin.length > 8 && begin[8] == '{') {
            return SafetensorsFile.open(storage, uri);
        }
        throw Failure.data(
                "Cannot read weights from %s: it begins with '%s' (expected safetensors or their index, a file of torch.save, "
                        + "or an HDF5 file of Keras). Check the path",
                uri, new String(begin, StandardCharsets.US_ASCII).replaceAll("[^\\x20-\\x7E]", "?"));
    }

    /** Both may begin with 0x80: a header of safetensors whose length ends so has an opening brace behind its 8 bytes. */
    private static TensorFile torchOrSafetensors(Storage storage, String uri, byte[] begin) {
        boolean header = begin.length > 8 && begin[8] == '{' && begin[6] == 0 && begin[7] == 0;
        return header ? SafetensorsFile.open(storage, uri) : TorchFile.open(storage, uri);
    }

    private static TensorFile zip(Storage storage, String uri) {
        try (ByteRanges file = ByteRanges.open(storage, uri)) {
            if (ZipEntries.of(file).entries().containsKey("configuration.json")) {
                throw Failure.data(
                        "Cannot read weights from %s: it is a zip of Deeplearning4j, which cannot be read yet (expected safetensors, "
                                + "a file of torch.save, or HDF5 of Keras). Save it in one of these first",
                        uri);
            }
        }
        return TorchFile.open(storage, uri);
    }

    private static byte[] beginning(Storage storage, String uri) {
        try (ByteRanges file = ByteRanges.open(storage, uri)) {
            return file.bytes(0, (int) Math.min(9, file.length()));
        }
    }

    private static boolean begins(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
