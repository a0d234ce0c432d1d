/**
 * The Hadoop FileSystem behind a few verbs: list, read a range, publish whole, delete, checksum. The only package that
 * touches Hadoop, so that file:, hdfs: and s3a: behave alike everywhere else.
 */
package io.squadron.storage;
