package io.squadron.engine.onednn;

import io.squadron.engine.Profiled;
import io.squadron.failure.Failure;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A compiled sequence of steps, with its places in the arena planned. Running it allocates nothing. */
final class Program implements AutoCloseable {
    private final Step[] steps;
    private final List<Tensor> tensors;
    private final List<Pointer> kept;
    private final long bytes;
    private final long bytesWithoutReuse;
    private int reached;
    private BytePointer boundTo = new BytePointer();

    Program(List<Step> steps, List<Tensor> tensors, List<Pointer> kept) {
        this.steps = steps.toArray(Step[]::new);
        this.tensors = List.copyOf(tensors);
        this.kept = List.copyOf(kept);
        List<Tensor> wanting = tensors.stream().filter(Tensor::wantsPlace).toList();
        this.bytes = Arena.place(wanting);
        this.bytesWithoutReuse = wanting.stream().mapToLong(Tensor::bytes).sum();
    }

    /** Room in the arena. */
    long bytes() {
        return bytes;
    }

    /** What all its tensors would take if none shared its place. */
    long bytesWithoutReuse() {
        return bytesWithoutReuse;
    }

    void run(Arena arena, Meter meter) {
        bind(arena.require(bytes));
        for (reached = 0; reached < steps.length; reached++) {
            steps[reached].work().run();
            meter.lap(steps[reached].kind());
        }
    }

    /** Runs its convolutions alone, on whatever values lie in the arena. */
    void convolutionsAlone(Arena arena) {
        bind(arena.require(bytes));
        for (Step step : steps) {
            if (step.kind().startsWith(Profiled.CONVOLUTION)) {
                step.work().run();
            }
        }
    }

    /**
     * Repeats what the last run did, up to where it stopped, and looks at what each step touched. Returns the first that
     * left NaN or infinity, or that finds them itself.
     */
    Optional<Step> firstBroken(Arena arena) {
        bind(arena.require(bytes));
        for (int i = 0; i <= Math.min(reached, steps.length - 1); i++) {
            try {
                steps[i].work().run();
            } catch (Failure found) {
                return Optional.of(steps[i]);
            }
            if (!steps[i].finite()) {
                return Optional.of(steps[i]);
            }
        }
        return Optional.empty();
    }

    private void bind(BytePointer base) {
        if (!base.equals(boundTo)) {
            tensors.forEach(tensor -> tensor.bind(base));
            boundTo = base;
        }
    }

    @Override
    public void close() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            kept.get(i).releaseReference();
        }
    }
}
