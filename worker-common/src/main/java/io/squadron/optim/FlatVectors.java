package io.squadron.optim;

import io.squadron.parallel.Crew;
import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic on flat vectors with a few threads of its own. Vectors are cut into chunks of a fixed size, and sums are taken
 * chunk by chunk in their order: results do not depend on the number of threads, to the bit. One caller at a time.
 */
public final class FlatVectors implements AutoCloseable {
    /** Elements: four vectors of them fit into a core's second cache. */
    private static final int CHUNK = 1 << 15;

    private final List<ParameterGroup> chunks;
    private final double[] sums;
    private final Crew crew;

    /** For vectors of which {@code groups} are looked at; the caller's thread is one of {@code threads}. */
    public FlatVectors(List<ParameterGroup> groups, int threads) {
        this.chunks = cut(groups);
        this.sums = new double[chunks.size()];
        this.crew = new Crew(threads, "squadron-vectors");
    }

    private static List<ParameterGroup> cut(List<ParameterGroup> groups) {
        List<ParameterGroup> chunks = new ArrayList<>();
        for (ParameterGroup group : groups) {
            for (int at = group.offset(); at < group.end(); at += CHUNK) {
                int length = Math.min(CHUNK, group.end() - at);
                chunks.add(new ParameterGroup(at, length, group.rate(), group.weightDecay()));
            }
        }
        return chunks;
    }

    /** L2 norm over the groups, in float64. Not finite exactly if some element is not. */
    public double norm(float[] vector) {
        crew.each(chunks.size(), i -> sums[i] = squares(vector, chunks.get(i)));
        double sum = 0;
        for (double each : sums) {
            sum += each;
        }
        return Math.sqrt(sum);
    }

    /** Applies {@code update} to the groups. */
    public void apply(Update update, float[] weights, float[] gradient, Update.Mean mean) {
        crew.each(chunks.size(), i -> update.apply(weights, gradient, mean, chunks.get(i)));
    }

    /** The sum of squares over one stretch. */
    static double squares(float[] vector, ParameterGroup stretch) {
        // Eight sums side by side: a single one would wait for each addition to end.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        int i = stretch.offset();
        for (; i + 7 < stretch.end(); i += 8) {
            a += (double) vector[i] * vector[i];
            b += (double) vector[i + 1] * vector[i + 1];
            c += (double) vector[i + 2] * vector[i + 2];
            d += (double) vector[i + 3] * vector[i + 3];
            e += (double) vector[i + 4] * vector[i + 4];
            f += (double) vector[i + 5] * vector[i + 5];
            g += (double) vector[i + 6] * vector[i + 6];
            h += (double) vector[i + 7] * vector[i + 7];
        }
        for (; i < stretch.end(); i++) {
            a += (double) vector[i] * vector[i];
        }
        return a + b + c + d + (e + f + g + h);
    }

    /** Its threads, for other sweeps of the same caller. */
    public Crew crew() {
        return crew;
    }

    @Override
    public void close() {
        crew.close();
    }
}
