/**
 * What TensorBoard reads: event files, a framing of records with checksums around small protocol-buffer messages. Written from
 * the public descriptions of both formats (tensorflow/core/lib/io/record_writer, event.proto, summary.proto), with no library.
 */
package io.squadron.driver.tensorboard;
