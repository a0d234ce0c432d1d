package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.squadron.model.Node;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/** A sum, with the ReLU after it if there is one. On the way back all inputs get the same gradient. */
final class AddCode {
    private AddCode() {}

    static Emitted emit(Scene scene, Node node, Tail tail) {
        Assembly assembly = scene.assembly();
        List<String> inputs = node.inputs();
        Tensor sum = scene.value(inputs.get(0));
        for (int i = 1; i < inputs.size(); i++) {
            boolean relu = tail.relu() && i == inputs.size() - 1;
            boolean inPlace = i > 1 || scene.mayOverwrite(inputs.get(0), node);
            sum = add(assembly, sum, scene.value(inputs.get(i)), relu, inPlace);
        }
        Tensor result = sum;
        return new Emitted(result, slope -> {
            Tensor inner = tail.relu() ? ReluCode.backward(scene, result, slope) : slope;
            inputs.stream().filter(scene.wiring()::flows).forEach(input -> scene.give(input, inner));
        });
    }

    private static Tensor add(Assembly assembly, Tensor one, Tensor other, boolean relu, boolean inPlace) {
        memory.desc layout = one.desc();
        Tensor aligned = assembly.as(other, layout);
        Tensor sum = inPlace ? one : assembly.tensor(layout);
        post_ops after = new post_ops();
        if (relu) {
            after.append_eltwise(dnnl.algorithm.eltwise_relu.value, 0f, 0f);
        }
        var description = new binary.primitive_desc(
                assembly.engine(),
                dnnl.algorithm.binary_add.value,
                layout,
                layout,
                layout,
                assembly.attributes(after),
                false);
        Args args = new Args()
                .with(DNNL_ARG_SRC_0, one)
                .with(DNNL_ARG_SRC_1, aligned)
                .with(DNNL_ARG_DST, sum);
        assembly.emit("add forward", new binary(description), description, args);
        return sum;
    }
}
