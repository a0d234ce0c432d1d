package io.squadron.exchange.torch;

/**
 * Where the numbers of a storage lie in the file.
 *
 * @param bytes how many there are
 */
record StorageHome(long begin, long bytes) {}
