package io.squadron.engine.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/** One block of native memory for all programs of a session, which run one after the other. It only grows. */
final class Arena implements AutoCloseable {
    private static final long LINE = 64;

    private Region region = new Region(LINE);
    private BytePointer base = region.start();

    /** Where it begins, with room for at least {@code wanted} bytes. The same object as long as it has not moved. */
    BytePointer require(long wanted) {
        if (wanted > region.bytes()) {
            close();
            region = new Region(wanted);
            base = region.start();
        }
        return base;
    }

    @Override
    public void close() {
        base.close();
        region.close();
    }

    /**
     * Gives each tensor a place such that those which live at the same time do not overlap: the largest first, each at the
     * lowest free offset. Returns the bytes that this takes.
     */
    static long place(List<Tensor> tensors) {
        List<Tensor> placed = new ArrayList<>();
        long end = 0;
        for (Tensor tensor : tensors.stream()
                .sorted(Comparator.comparingLong(Tensor::bytes).reversed())
                .toList()) {
            tensor.place(lowestGap(tensor, placed));
            placed.add(tensor);
            end = Math.max(end, tensor.offset() + round(tensor.bytes()));
        }
        return end;
    }

    private static long lowestGap(Tensor tensor, List<Tensor> placed) {
        long at = 0;
        for (Tensor other : placed.stream()
                .filter(tensor::meets)
                .sorted(Comparator.comparingLong(Tensor::offset))
                .toList()) {
            if (at + round(tensor.bytes()) <= other.offset()) {
                return at;
            }
            at = Math.max(at, other.offset() + round(other.bytes()));
        }
        return at;
    }

    private static long round(long size) {
        return (size + LINE - 1) / LINE * LINE;
    }
}
