package io.squadron.engine.onednn;

import java.util.function.Consumer;

/**
 * A node of which the forward pass has been emitted.
 *
 * @param result what leaves it
 * @param backward emits the way back, given the gradient with respect to the result
 */
record Emitted(Tensor result, Consumer<Tensor> backward) {}
