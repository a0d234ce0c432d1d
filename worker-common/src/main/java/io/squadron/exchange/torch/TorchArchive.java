package io.squadron.exchange.torch;

import io.squadron.exchange.ByteRanges;
import io.squadron.exchange.NumberKind;
import io.squadron.exchange.ZipEntries;
import io.squadron.exchange.torch.PickleValue.Dictionary;
import io.squadron.exchange.torch.PickleValue.Sequence;
import io.squadron.exchange.torch.PickleValue.Text;
import io.squadron.exchange.torch.PickleValue.Whole;
import io.squadron.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The two forms in which torch.save wrote.
 *
 * @param root what was saved
 * @param homes storages by key
 */
record TorchArchive(PickleValue root, Map<String, StorageHome> homes) {
    /** The first pickle of the older form, 0x1950a86a20f9469cfc6c. */
    private static final String MAGIC = "0x1950a86a20f9469cfc6c";

    private static final long PROTOCOL = 1001;
    private static final String PICKLE = "/data.pkl";
    private static final long LONGEST_PICKLE = 1 << 28;

    /** NAME/data.pkl, and NAME/data/KEY for each storage, all of them stored without packing. */
    static TorchArchive zipped(ByteRanges file) {
        Map<String, ZipEntries.Entry> entries = ZipEntries.of(file).entries();
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .toList();
        if (pickles.size() != 1) {
            throw damaged(file, "it is a zip archive with " + pickles.size() + " files NAME/data.pkl");
        }
        String home = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length()) + "/";
        if (entries.containsKey(home + "constants.pkl")) {
            throw damaged(file, "it is a TorchScript program, which is code");
        }
        requireLittleEndian(file, entries, home);
        Map<String, StorageHome> homes = new HashMap<>();
        entries.forEach((name, entry) -> {
            if (name.startsWith(home + "data/")) {
                requireStored(file, entry);
                homes.put(
                        name.substring(home.length() + "data/".length()),
                        new StorageHome(entry.begin(), entry.length()));
            }
        });
        ZipEntries.Entry pickle = entries.get(pickles.get(0));
        requireStored(file, pickle);
        if (pickle.length() > LONGEST_PICKLE) {
            throw damaged(file, "its pickle has " + pickle.length() + " bytes");
        }
        PickleBytes bytes = new PickleBytes(file, pickle.begin(), pickle.begin() + pickle.length());
        return new TorchArchive(Pickle.run(bytes), homes);
    }

    private static void requireLittleEndian(ByteRanges file, Map<String, ZipEntries.Entry> entries, String home) {
        ZipEntries.Entry order = entries.get(home + "byteorder");
        if (order != null) {
            requireStored(file, order);
            String text = new String(
                    file.bytes(order.begin(), (int) Math.min(order.length(), 16)), StandardCharsets.US_ASCII);
            if (!text.equals("little")) {
                throw damaged(file, "its numbers are big endian");
            }
        }
    }

    /** torch never packs. What is packed may be small here and huge there. */
    private static void requireStored(ByteRanges file, ZipEntries.Entry entry) {
        if (entry.packing() != ZipEntries.Packing.STORED) {
            throw damaged(file, "its entry '" + entry.name() + "' is compressed, which torch.save never does");
        }
    }

    /** Magic number, protocol, facts about the machine, what was saved, keys of the storages; then count and numbers of each. */
    static TorchArchive legacy(ByteRanges file) {
        PickleBytes in = new PickleBytes(file, 0, file.length());
        if (!(Pickle.run(in) instanceof Text magic && magic.value().equals(MAGIC))) {
            throw damaged(file, "it does not begin with torch's magic number");
        }
        if (!(Pickle.run(in) instanceof Whole protocol && protocol.value() == PROTOCOL)) {
            throw damaged(file, "it is of another protocol than " + PROTOCOL);
        }
        Pickle.run(in);
        PickleValue root = Pickle.run(in);
        if (!(Pickle.run(in) instanceof Sequence keys)) {
            throw damaged(file, "it has no list of its storages");
        }
        Map<String, NumberKind> kinds = kinds(root);
        Map<String, StorageHome> homes = new HashMap<>();
        long at = in.position();
        for (PickleValue each : keys.items) {
            String key = each instanceof Text text
                    ? text.value()
                    : each instanceof Whole whole ? String.valueOf(whole.value()) : "";
            NumberKind kind = kinds.get(key);
            if (kind == null) {
                throw damaged(file, "it has a storage '" + key + "' that no tensor uses");
            }
            long elements = file.buffer(at, Long.BYTES).getLong();
            if (elements < 0 || elements > file.length()) {
                throw damaged(file, "its storage '" + key + "' has " + elements + " elements");
            }
            StorageHome home = new StorageHome(at + Long.BYTES, elements * kind.bytes());
            file.require(home.begin(), home.bytes());
            homes.put(key, home);
            at = home.begin() + home.bytes();
        }
        return new TorchArchive(root, homes);
    }

    /** The kind of each storage, which in the older form only the tensors tell. */
    private static Map<String, NumberKind> kinds(PickleValue root) {
        Map<String, NumberKind> kinds = new HashMap<>();
        Set<PickleValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<PickleValue> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            PickleValue value = open.removeLast();
            if (!seen.add(value)) {
                continue;
            }
            if (value instanceof PickleValue.Tensor tensor) {
                kinds.put(tensor.storage().key(), tensor.storage().kind());
            } else if (value instanceof PickleValue.StorageRef storage) {
                kinds.put(storage.key(), storage.kind());
            } else if (value instanceof Dictionary dictionary) {
                open.addAll(dictionary.items.values());
            } else if (value instanceof Sequence sequence) {
                open.addAll(sequence.items);
            } else if (value instanceof PickleValue.Tuple tuple) {
                open.addAll(tuple.items());
            }
        }
        return kinds;
    }

    private static Failure damaged(ByteRanges file, String found) {
        return Failure.data(
                "Cannot read %s: %s (expected a file of torch.save). Save the state dict again, or as safetensors",
                file.uri(), found);
    }
}
