/**
 * The one way in which Squadron says that something is wrong. Every other package throws {@link
 * io.squadron.failure.Failure}; {@code jobs} turns its kind into the exit code of the process.
 */
package io.squadron.failure;
