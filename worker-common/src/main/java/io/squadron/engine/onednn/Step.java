package io.squadron.engine.onednn;

import java.util.List;

/**
 * One thing that a program does.
 *
 * @param kind what it is called in a profile, "convolution forward"
 * @param spot whose work it is
 * @param touched what it reads and writes
 */
record Step(String kind, Spot spot, Runnable work, List<Tensor> touched) {
    /** Whether all that it touches is finite, once it has run and before the next one reuses the place. */
    boolean finite() {
        return touched.stream().allMatch(Scan::finite);
    }
}
