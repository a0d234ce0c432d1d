package io.squadron.engine.onednn;

import io.squadron.engine.BrokenNumbers.Way;

/** For which node, and on which way, a step of a program works. */
record Spot(String node, Way way) {
    static Spot forward(String node) {
        return new Spot(node, Way.FORWARD);
    }

    static Spot backward(String node) {
        return new Spot(node, Way.BACKWARD);
    }
}
