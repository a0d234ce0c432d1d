package io.squadron.exchange;

import io.squadron.model.Weights;
import io.squadron.storage.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * A network with all that is needed to use it elsewhere.
 *
 * @param weights laid out as {@code facts.spec().layout()} says; not copied
 * @param provenance where it comes from: facts by name, such as the run, the step, versions
 */
public record PortableModel(ModelFacts facts, Weights weights, Map<String, String> provenance) {
    public PortableModel {
        provenance = Map.copyOf(provenance);
        if (!facts.spec().layout().equals(weights.layout())) {
            throw new IllegalArgumentException(
                    "Cannot use weights of another layout for %s".formatted(facts.architecture()));
        }
    }

    /** 64 hex digits of SHA-256 that name what this computes: over facts and weights, not over where it comes from. */
    public String hash() {
        MessageDigest digest = Checksum.digest();
        digest.update(ModelFactsJson.toJson(facts).toString().getBytes(StandardCharsets.UTF_8));
        float[] values = weights.values();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += buffer.capacity() / Float.BYTES) {
            int count = Math.min(buffer.capacity() / Float.BYTES, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, count);
            digest.update(buffer.limit(count * Float.BYTES));
        }
        return Checksum.hex(digest.digest());
    }
}
