package io.squadron.engine.onednn;

/** What is done together with a node, in the same sweep over memory. */
enum Fused {
    NOTHING,
    RELU
}
