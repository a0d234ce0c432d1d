package io.squadron.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;

/** What a primitive reads and writes, by the library's argument numbers. */
final class Args {
    private final IntMemoryMap map = new IntMemoryMap();
    private final List<Tensor> tensors = new ArrayList<>();

    Args with(int argument, Tensor tensor) {
        map.put(argument, tensor.memory());
        tensors.add(tensor);
        return this;
    }

    IntMemoryMap map() {
        return map;
    }

    List<Tensor> tensors() {
        return tensors;
    }
}
