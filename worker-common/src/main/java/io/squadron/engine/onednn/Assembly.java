package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.squadron.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A program while it is being put together. Closing it frees every native object made meanwhile on this thread, but for
 * those which are {@link #keep kept} for a program.
 */
final class Assembly implements AutoCloseable {
    private final PointerScope temporaries = new PointerScope();
    private final engine cpu;
    private final stream queue;
    private final List<Step> steps = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Pointer> kept = new ArrayList<>();
    private Spot spot = Spot.forward(ModelSpec.INPUT);

    Assembly(engine cpu, stream queue) {
        this.cpu = cpu;
        this.queue = queue;
    }

    /** Says whose work follows. */
    void at(Spot next) {
        spot = next;
    }

    engine engine() {
        return cpu;
    }

    /** A tensor in the arena. */
    Tensor tensor(memory.desc layout) {
        keep(layout);
        return added(Tensor.planned(layout, keep(new memory(layout, cpu, (Pointer) null))));
    }

    /** What a forward primitive leaves for the way back, if it leaves anything. */
    Optional<Tensor> workspace(primitive_desc_base forward) {
        memory.desc layout = forward.workspace_desc();
        return layout.get_size() > 0 ? Optional.of(tensor(layout)) : Optional.empty();
    }

    /** A tensor with memory of its own, for what Java reads and writes. */
    Tensor own(memory.desc layout) {
        keep(layout);
        return Tensor.placed(layout, keep(new memory(layout, cpu)));
    }

    /** Like {@link #own}, all zeros: also where a layout is padded to whole blocks. */
    Tensor zeros(memory.desc layout) {
        Tensor tensor = own(layout);
        Pointer.memset(tensor.memory().get_data_handle(), 0, layout.get_size());
        return tensor;
    }

    /** A tensor at a fixed address, whose owner outlives the program. */
    Tensor at(Pointer address, memory.desc layout) {
        keep(layout);
        return Tensor.placed(layout, keep(new memory(layout, cpu, address)));
    }

    /** The bytes of {@code whole} under another description. */
    Tensor view(Tensor whole, memory.desc layout) {
        keep(layout);
        memory block = keep(new memory(layout, cpu, whole.memory().get_data_handle()));
        return added(Tensor.view(layout, block, whole));
    }

    private Tensor added(Tensor tensor) {
        tensors.add(tensor);
        return tensor;
    }

    /** {@code tensor} in the layout {@code wanted}: itself, or a copy that is made once. */
    Tensor as(Tensor tensor, memory.desc wanted) {
        if (tensor.desc().equals(wanted)) {
            return tensor;
        }
        return tensor.copies().stream()
                .filter(copy -> copy.desc().equals(wanted))
                .findFirst()
                .orElseGet(() -> {
                    Tensor copy = tensor(wanted);
                    copy(tensor, copy);
                    tensor.copied(copy);
                    return copy;
                });
    }

    /** Emits a copy between layouts and types. */
    void copy(Tensor from, Tensor to) {
        var description = new reorder.primitive_desc(cpu, from.desc(), cpu, to.desc(), attributes(), false);
        Args args = new Args().with(DNNL_ARG_SRC, from).with(DNNL_ARG_DST, to);
        emit("reorder", new reorder(description), description, args);
    }

    /** Emits a primitive; its scratchpad comes from the arena too. */
    void emit(String kind, primitive compiled, primitive_desc_base description, Args args) {
        memory.desc scratch = description.scratchpad_desc();
        if (scratch.get_size() > 0) {
            args.with(DNNL_ARG_SCRATCHPAD, tensor(scratch));
        }
        keep(compiled);
        IntMemoryMap map = keep(args.map());
        add(new Step(kind, spot, () -> compiled.execute(queue, map), args.tensors()));
    }

    /** Emits work in Java. */
    void emit(String kind, Runnable work, Tensor... touched) {
        add(new Step(kind, spot, work, List.of(touched)));
    }

    private void add(Step step) {
        step.touched().forEach(tensor -> tensor.touch(steps.size()));
        steps.add(step);
    }

    /** Attributes with nothing but the scratchpad's owner: the caller, so that primitives can share it. */
    primitive_attr attributes() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user.value);
        return attributes;
    }

    primitive_attr attributes(post_ops after) {
        primitive_attr attributes = attributes();
        attributes.set_post_ops(after);
        return attributes;
    }

    /** Keeps a native object until the program is closed. */
    <T extends Pointer> T keep(T pointer) {
        pointer.retainReference();
        kept.add(pointer);
        return pointer;
    }

    /** The program; from now on the owner of what was kept. */
    Program program() {
        Program program = new Program(steps, tensors, kept);
        kept.clear();
        return program;
    }

    @Override
    public void close() {
        kept.forEach(Pointer::releaseReference);
        temporaries.close();
    }
}
