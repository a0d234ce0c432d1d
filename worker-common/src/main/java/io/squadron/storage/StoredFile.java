package io.squadron.storage;

import java.io.Serializable;

/**
 * A file in a listing.
 *
 * @param uri whole, with its scheme
 * @param name the last part of the URI
 * @param length in bytes
 */
public record StoredFile(String uri, String name, long length) implements Serializable {}
