package io.squadron.engine.dl4j;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/** A row-major float32 matrix in native memory, for OpenBLAS; grows as needed and never shrinks. Not thread-safe. */
final class Matrix implements AutoCloseable {
    private FloatPointer memory = new FloatPointer(1);
    private int rows;
    private int columns;

    /** Makes it rows x columns; what it held is lost. */
    Matrix shape(int newRows, int newColumns) {
        long length = Math.multiplyExact((long) newRows, newColumns);
        if (memory.capacity() < length) {
            memory.close();
            memory = new FloatPointer(length);
        }
        rows = newRows;
        columns = newColumns;
        return this;
    }

    Matrix put(float[] values, int from) {
        memory.position(0).put(values, from, rows * columns);
        return this;
    }

    void get(float[] values, int to) {
        memory.position(0).get(values, to, rows * columns);
    }

    /** this = a b. */
    void product(Matrix a, Matrix b) {
        shape(a.rows, b.columns);
        multiply(a, CblasNoTrans, b, CblasNoTrans, a.columns, 0f);
    }

    /** this = a' b. */
    void transposedProduct(Matrix a, Matrix b) {
        shape(a.columns, b.columns);
        multiply(a, CblasTrans, b, CblasNoTrans, a.rows, 0f);
    }

    /** this = keep * this + a b'. */
    void addProductTransposed(Matrix a, Matrix b, float keep) {
        multiply(a, CblasNoTrans, b, CblasTrans, a.columns, keep);
    }

    private void multiply(Matrix a, int turnA, Matrix b, int turnB, int inner, float keep) {
        cblas_sgemm(
                CblasRowMajor,
                turnA,
                turnB,
                rows,
                columns,
                inner,
                1f,
                a.memory.position(0),
                a.columns,
                b.memory.position(0),
                b.columns,
                keep,
                memory.position(0),
                columns);
    }

    @Override
    public void close() {
        memory.close();
    }
}
