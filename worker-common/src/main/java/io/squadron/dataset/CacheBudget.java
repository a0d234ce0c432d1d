package io.squadron.dataset;

import java.io.Serializable;

/**
 * What a JVM may keep of shards.
 *
 * @param memoryBytes on its heap
 * @param diskBytes in its folder for temporary files, of shards that lie elsewhere than on this machine
 */
public record CacheBudget(long memoryBytes, long diskBytes) implements Serializable {
    public CacheBudget {
        if (memoryBytes < 0 || diskBytes < 0) {
            throw new IllegalArgumentException(
                    "Cannot keep %d bytes in memory and %d on disk".formatted(memoryBytes, diskBytes));
        }
    }

    public static CacheBudget memory(long bytes) {
        return new CacheBudget(bytes, 0);
    }
}
