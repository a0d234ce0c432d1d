package io.squadron.storage;

import java.io.Serializable;

/**
 * A file in a listing.
 *
 * @param uri whole, with its scheme
 * @param name the last part of the URI
 * @param length in bytes
 * @param modified when it was last written, in milliseconds since 1970, by the clock of its store
 */
public record StoredFile(String uri, String name, long length, long modified) implements Serializable {}
