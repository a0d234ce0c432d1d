package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.squadron.model.Node;
import java.util.List;
import org.bytedeco.dnnl.concat;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.reorder;

/** A join along the channels. Blocks of sixteen channels can be cut where blocks end; otherwise it works on plain layouts. */
final class ConcatCode {
    private static final int BLOCK = 16;

    private ConcatCode() {}

    static Emitted emit(Scene scene, Node node) {
        Assembly assembly = scene.assembly();
        List<String> inputs = node.inputs();
        boolean blocked = inputs.stream().allMatch(input -> scene.sides(input)[1] % BLOCK == 0);
        long[] sides = scene.sides(node.name());
        List<Tensor> parts = inputs.stream()
                .map(input -> blocked
                        ? scene.value(input)
                        : assembly.as(scene.value(input), Layouts.plain(scene.type(), scene.sides(input))))
                .toList();
        memory.desc wanted = blocked ? Layouts.any(scene.type(), sides) : Layouts.plain(scene.type(), sides);
        memory_desc_vector descriptions =
                new memory_desc_vector(parts.stream().map(Tensor::desc).toArray(memory.desc[]::new));
        var description =
                new concat.primitive_desc(assembly.engine(), wanted, 1, descriptions, assembly.attributes(), false);
        Tensor result = assembly.tensor(description.dst_desc());
        Args args = new Args().with(DNNL_ARG_DST, result);
        for (int i = 0; i < parts.size(); i++) {
            args.with(DNNL_ARG_MULTIPLE_SRC + i, parts.get(i));
        }
        assembly.emit("concat forward", new concat(description), description, args);
        return new Emitted(result, slope -> backward(scene, inputs, result, slope));
    }

    private static void backward(Scene scene, List<String> inputs, Tensor result, Tensor slope) {
        Tensor above = scene.assembly().as(slope, result.desc());
        long from = 0;
        for (String input : inputs) {
            if (scene.wiring().flows(input)) {
                scene.give(input, cut(scene, input, above, from));
            }
            from += scene.sides(input)[1];
        }
    }

    private static Tensor cut(Scene scene, String input, Tensor above, long from) {
        Assembly assembly = scene.assembly();
        Tensor part = assembly.tensor(scene.value(input).desc());
        memory.desc window = above.desc().submemory_desc(scene.sides(input), new long[] {0, from, 0, 0});
        var description = new reorder.primitive_desc(
                assembly.engine(), window, assembly.engine(), part.desc(), assembly.attributes(), false);
        Args args = new Args().with(DNNL_ARG_SRC, above).with(DNNL_ARG_DST, part);
        assembly.emit("concat backward", new reorder(description), description, args);
        return part;
    }
}
