package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.squadron.engine.Images;
import io.squadron.engine.Normalisation;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.javacpp.BytePointer;

/**
 * Where images enter a program. Floats arrive as the network wants them. Bytes arrive as they are, channels last, and the
 * program does the rest: a reorder to channels first, then value * 1 / (255 deviation) - mean / deviation in one sweep in
 * place. (The binary primitive reads bytes too, but by a reference loop a hundred times as slow.)
 */
final class InputCode {
    private final Tensor result;
    private final Form form;
    private final int perImage;
    private final FloatBuffer floats;
    private final ByteBuffer bytes;

    /** What images are made of. */
    enum Form {
        BYTES,
        FLOATS;

        static Form of(Images images) {
            return images instanceof Images.Bytes ? BYTES : FLOATS;
        }
    }

    private InputCode(Tensor result, Form form, Tensor arrival, long[] sides) {
        this.result = result;
        this.form = form;
        this.perImage = Math.toIntExact(sides[1] * sides[2] * sides[3]);
        try (BytePointer start = new BytePointer(arrival.memory().get_data_handle())) {
            this.bytes = start.capacity(arrival.bytes()).asByteBuffer().order(java.nio.ByteOrder.nativeOrder());
        }
        this.floats = bytes.asFloatBuffer();
    }

    /** An entrance for images of {@code sides}, (batch, channels, height, width). */
    static InputCode emit(Assembly assembly, Form form, Normalisation normalisation, long[] sides) {
        if (form == Form.FLOATS) {
            Tensor plain = assembly.own(Layouts.plain(sides));
            return new InputCode(plain, form, plain, sides);
        }
        Tensor arrival = assembly.own(new memory.desc(sides, memory.data_type.u8, memory.format_tag.acdb));
        Tensor plain = assembly.tensor(Layouts.plain(sides));
        assembly.copy(arrival, plain);
        normalise(assembly, plain, normalisation);
        return new InputCode(plain, form, arrival, sides);
    }

    /** plain = plain * scale + shift, channel by channel. */
    private static void normalise(Assembly assembly, Tensor plain, Normalisation normalisation) {
        List<Float> means = normalisation.mean();
        Tensor scale = assembly.own(Layouts.plain(1, means.size(), 1, 1));
        Tensor shift = assembly.own(Layouts.plain(1, means.size(), 1, 1));
        for (int c = 0; c < means.size(); c++) {
            double deviation = normalisation.deviation().get(c);
            Layouts.floats(scale.memory()).put(c, (float) (1 / (255 * deviation)));
            Layouts.floats(shift.memory()).put(c, (float) (-means.get(c) / deviation));
        }
        post_ops after = new post_ops();
        after.append_binary(dnnl.algorithm.binary_add.value, shift.desc());
        var description = new binary.primitive_desc(
                assembly.engine(),
                dnnl.algorithm.binary_mul.value,
                plain.desc(),
                scale.desc(),
                plain.desc(),
                assembly.attributes(after),
                false);
        Args args = new Args()
                .with(DNNL_ARG_SRC_0, plain)
                .with(DNNL_ARG_SRC_1, scale)
                .with(DNNL_ARG_DST, plain)
                .with(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1, shift);
        assembly.emit("normalise", new binary(description), description, args);
    }

    /** What the first layer reads: float32, channels first. */
    Tensor result() {
        return result;
    }

    /** Puts images first .. first + count - 1 in; as many as the program was compiled for. */
    void take(Images images, int first, int count) {
        if (form == Form.BYTES) {
            bytes.put(0, ((Images.Bytes) images).values(), first * perImage, count * perImage);
        } else {
            floats.put(0, ((Images.Floats) images).values(), first * perImage, count * perImage);
        }
    }
}
