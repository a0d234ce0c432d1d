package io.squadron.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.squadron.model.Layer;
import io.squadron.model.Node;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;

/** Means over bins that the library has no pool for: products with a matrix that holds the share of each pixel in each bin. */
final class BinsCode {
    private BinsCode() {}

    static Emitted emit(Scene scene, Node node, Layer.AdaptiveAveragePool layer) {
        String input = node.inputs().get(0);
        long[] in = scene.sides(input);
        long[] out = scene.sides(node.name());
        if (Arrays.equals(in, out)) {
            return ShapeCode.nothing(scene, node);
        }
        return emit(scene, node, shares((int) in[2], (int) in[3], layer.height(), layer.width()));
    }

    /** The mean over windows of which some hang over the padded edge. */
    static Emitted windows(Scene scene, Node node, Layer.Window window) {
        long[] in = scene.sides(node.inputs().get(0));
        long[] out = scene.sides(node.name());
        int height = (int) in[2];
        int width = (int) in[3];
        int bins = (int) (out[2] * out[3]);
        float[] shares = new float[height * width * bins];
        for (int bin = 0; bin < bins; bin++) {
            int top = bin / (int) out[3] * window.strideHeight() - window.padHeight();
            int left = bin % (int) out[3] * window.strideWidth() - window.padWidth();
            int bottom = Math.min(top + window.kernelHeight(), height + window.padHeight());
            int right = Math.min(left + window.kernelWidth(), width + window.padWidth());
            for (int y = Math.max(0, top); y < Math.min(bottom, height); y++) {
                for (int x = Math.max(0, left); x < Math.min(right, width); x++) {
                    shares[(y * width + x) * bins + bin] = 1f / ((bottom - top) * (right - left));
                }
            }
        }
        return emit(scene, node, shares);
    }

    /** shares: [pixels, bins] */
    private static Emitted emit(Scene scene, Node node, float[] shares) {
        Assembly assembly = scene.assembly();
        String input = node.inputs().get(0);
        long[] in = scene.sides(input);
        long[] out = scene.sides(node.name());
        int pixels = (int) (in[2] * in[3]);
        int bins = (int) (out[2] * out[3]);
        Tensor down = constant(assembly, shares, pixels, bins);
        Tensor result = product(assembly, planes(scene, scene.value(input), in), down, out);
        return new Emitted(result, slope -> {
            if (scene.wiring().flows(input)) {
                Tensor up = constant(assembly, transposed(shares, pixels, bins), bins, pixels);
                scene.give(input, product(assembly, planes(scene, slope, out), up, in));
            }
        });
    }

    /** (batch, channels, h, w) as a plain matrix (batch * channels, h * w). */
    private static Tensor planes(Scene scene, Tensor tensor, long[] sides) {
        Tensor plain = scene.assembly().as(tensor, Layouts.plain(sides));
        return scene.assembly().view(plain, Layouts.plain(sides[0] * sides[1], sides[2] * sides[3]));
    }

    private static Tensor constant(Assembly assembly, float[] values, int rows, int columns) {
        Tensor tensor = assembly.own(Layouts.plain(rows, columns));
        FloatBuffer floats = Layouts.floats(tensor.memory());
        floats.put(0, values);
        return tensor;
    }

    private static Tensor product(Assembly assembly, Tensor planes, Tensor matrix, long[] sides) {
        memory.desc layout = Layouts.plain(sides[0] * sides[1], sides[2] * sides[3]);
        Tensor result = assembly.tensor(layout);
        var description = new matmul.primitive_desc(
                assembly.engine(), planes.desc(), matrix.desc(), layout, assembly.attributes(), false);
        Args args = new Args()
                .with(DNNL_ARG_SRC, planes)
                .with(DNNL_ARG_WEIGHTS, matrix)
                .with(DNNL_ARG_DST, result);
        assembly.emit("pool by matrix", new matmul(description), description, args);
        return assembly.view(result, Layouts.plain(sides));
    }

    /** Bin i of n over a side of s covers floor(i * s / n) to ceil((i + 1) * s / n), as in torch. */
    private static float[] shares(int height, int width, int binRows, int binColumns) {
        float[] shares = new float[height * width * binRows * binColumns];
        for (int bin = 0; bin < binRows * binColumns; bin++) {
            int i = bin / binColumns;
            int j = bin % binColumns;
            int top = i * height / binRows;
            int bottom = ((i + 1) * height + binRows - 1) / binRows;
            int left = j * width / binColumns;
            int right = ((j + 1) * width + binColumns - 1) / binColumns;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    shares[(y * width + x) * binRows * binColumns + bin] = 1f / ((bottom - top) * (right - left));
                }
            }
        }
        return shares;
    }

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] other = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                other[j * rows + i] = matrix[i * columns + j];
            }
        }
        return other;
    }
}
