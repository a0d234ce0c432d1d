package io.squadron.exchange;

/** The adaptive average along one side as a matrix: bin i covers floor(i * in / out) to ceil((i + 1) * in / out). */
public final class Bins {
    private Bins() {}

    /** Shares by bin and place. // [out, in] */
    public static float[] matrix(int in, int out) {
        float[] matrix = new float[out * in];
        for (int i = 0; i < out; i++) {
            int first = i * in / out;
            int end = ((i + 1) * in + out - 1) / out;
            for (int j = first; j < end; j++) {
                matrix[i * in + j] = 1f / (end - first);
            }
        }
        return matrix;
    }

    /** Shares by place and bin. // [in, out] */
    public static float[] transposed(int in, int out) {
        float[] matrix = matrix(in, out);
        float[] turned = new float[matrix.length];
        for (int i = 0; i < out; i++) {
            for (int j = 0; j < in; j++) {
                turned[j * out + i] = matrix[i * in + j];
            }
        }
        return turned;
    }
}
