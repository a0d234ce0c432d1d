package io.squadron.exchange.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.exchange.NamedFloats;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes float32 tensors as one safetensors file: the same tensors and metadata give the same bytes. */
public final class SafetensorsWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;
    private static final int BUFFER = 1 << 20;

    private SafetensorsWriter() {}

    /**
     * A new file at {@code uri}, whole or not at all; fails with STATE where the name is taken.
     *
     * @param tensors in the order in which they shall lie, under names that differ
     * @param metadata what the file says about itself
     */
    public static void write(Storage storage, String uri, List<NamedFloats> tensors, Map<String, String> metadata) {
        storage.publish(uri, content(tensors, metadata));
    }

    /** The bytes of such a file. */
    public static Storage.Content content(List<NamedFloats> tensors, Map<String, String> metadata) {
        byte[] header = header(tensors, metadata);
        return out -> {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (NamedFloats tensor : tensors) {
                write(tensor, out);
            }
        };
    }

    /** Padded with spaces, so that the numbers behind it are aligned. */
    private static byte[] header(List<NamedFloats> tensors, Map<String, String> metadata) {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode about = root.putObject(SafetensorsHeader.METADATA);
            new TreeMap<>(metadata).forEach(about::put);
        }
        long offset = 0;
        for (NamedFloats tensor : tensors) {
            if (root.has(tensor.name())) {
                throw new IllegalArgumentException("Cannot write two tensors named '%s'".formatted(tensor.name()));
            }
            ObjectNode node = root.putObject(tensor.name()).put("dtype", "F32");
            tensor.shape().forEach(node.putArray("shape")::add);
            long end = offset + (long) tensor.length() * Float.BYTES;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = bytes(root);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of strings and numbers is always JSON", e);
        }
    }

    private static void write(NamedFloats tensor, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        int end = tensor.offset() + tensor.length();
        for (int first = tensor.offset(); first < end; first += BUFFER / Float.BYTES) {
            int some = Math.min(BUFFER / Float.BYTES, end - first);
            buffer.clear().asFloatBuffer().put(tensor.values(), first, some);
            out.write(buffer.array(), 0, some * Float.BYTES);
        }
    }
}
