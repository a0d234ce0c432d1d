/**
 * What a checkpoint holds, and when it counts. Ranks write the parts; {@link
 * io.squadron.driver.checkpoint.CheckpointStore} commits them by publishing one manifest with sizes and checksums, finds
 * the latest good one, names the damaged ones, and removes the old. Formats: docs/formats.md.
 */
package io.squadron.driver.checkpoint;
