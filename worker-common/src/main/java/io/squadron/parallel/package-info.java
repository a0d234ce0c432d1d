/** Threads that share out pieces of one piece of work: what {@code optim} and {@code engine.onednn} sweep over vectors with. */
package io.squadron.parallel;
