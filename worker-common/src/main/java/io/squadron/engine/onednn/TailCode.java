package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.squadron.model.Node;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.post_ops;

/**
 * A {@link Tail} as the library takes it: operations on each element before it is written. A batch norm of given statistics
 * is a scale and a shift per channel, applied to the float32 sums, so that the weights need not be touched.
 */
final class TailCode {
    private final Scene scene;
    private final post_ops operations = new post_ops();
    private final List<Tensor> operands = new ArrayList<>();

    TailCode(Scene scene, Tail tail) {
        this.scene = scene;
        tail.norm().ifPresent(this::addNorm);
        tail.addend().ifPresent(node -> add(dnnl.algorithm.binary_add, scene.value(node)));
        if (tail.relu()) {
            operations.append_eltwise(dnnl.algorithm.eltwise_relu.value, 0f, 0f);
        }
    }

    post_ops operations() {
        return operations;
    }

    /** Names the operands to the primitive. */
    void bind(Args args) {
        for (int i = 0; i < operands.size(); i++) {
            args.with(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (i + 1) | DNNL_ARG_SRC_1, operands.get(i));
        }
    }

    private void add(dnnl.algorithm operation, Tensor operand) {
        operations.append_binary(operation.value, operand.desc());
        operands.add(operand);
    }

    private void addNorm(Node norm) {
        Assembly assembly = scene.assembly();
        long channels = scene.sides(norm.name())[1];
        Tensor scale = assembly.own(Layouts.plain(1, channels, 1, 1));
        Tensor shift = assembly.own(Layouts.plain(1, channels, 1, 1));
        FloatBuffer scales = Layouts.floats(scale.memory());
        FloatBuffer shifts = Layouts.floats(shift.memory());
        GivenNorm given = scene.givenNorm(norm);
        assembly.emit("batch norm folding", () -> given.fold(scales, shifts));
        add(dnnl.algorithm.binary_mul, scale);
        add(dnnl.algorithm.binary_add, shift);
    }
}
