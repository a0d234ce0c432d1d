package io.squadron.exchange.torch;

import java.util.List;

/** How a tensor walks through its storage: element (i, j, ...) lies at i * strides[0] + j * strides[1] + ... */
record Strides(List<Long> shape, List<Long> steps) {
    static Strides of(PickleValue.Tensor tensor) {
        return new Strides(tensor.shape(), tensor.strides());
    }

    int length() {
        long length = 1;
        for (long side : shape) {
            length *= side;
        }
        return Math.toIntExact(length);
    }

    /** From the first element to behind the last one. */
    long span() {
        if (length() == 0) {
            return 0;
        }
        long last = 0;
        for (int i = 0; i < shape.size(); i++) {
            last += (shape.get(i) - 1) * steps.get(i);
        }
        return last + 1;
    }

    private boolean contiguous() {
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && steps.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i);
        }
        return true;
    }

    /** The elements row by row, of the {@link #span} of the storage. */
    float[] gather(float[] storage) {
        if (contiguous()) {
            return storage;
        }
        float[] values = new float[length()];
        int[] place = new int[shape.size()];
        long at = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = storage[(int) at];
            for (int side = place.length - 1; side >= 0; side--) {
                at += steps.get(side);
                if (++place[side] < shape.get(side)) {
                    break;
                }
                at -= shape.get(side) * steps.get(side);
                place[side] = 0;
            }
        }
        return values;
    }
}
