package io.squadron.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.squadron.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final int EACH = 40;

    /** Three clouds in 12 dimensions, 8 deviations apart. */
    private static double[][] clouds() {
        RandomStream random = RandomStream.of(11, "clouds");
        double[][] points = new double[3 * EACH][12];
        for (int i = 0; i < points.length; i++) {
            for (int f = 0; f < 12; f++) {
                points[i][f] = random.nextGaussian() + (f == i / EACH ? 8 : 0);
            }
        }
        return points;
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    /** Share of points whose nearest neighbour is of their own cloud. */
    private static double faithful(double[][] map) {
        int own = 0;
        for (int i = 0; i < map.length; i++) {
            int nearest = i == 0 ? 1 : 0;
            for (int j = 0; j < map.length; j++) {
                if (j != i && distance(map[i], map[j]) < distance(map[i], map[nearest])) {
                    nearest = j;
                }
            }
            own += nearest / EACH == i / EACH ? 1 : 0;
        }
        return own / (double) map.length;
    }

    @Test
    void componentsOfAKnownEllipse() {
        RandomStream random = RandomStream.of(3, "ellipse");
        double[][] points = new double[500][];
        double[] along = new double[500];
        for (int i = 0; i < 500; i++) {
            along[i] = 5 * random.nextGaussian();
            double across = random.nextGaussian();
            points[i] = new double[] {0.6 * along[i] - 0.8 * across + 7, 0.8 * along[i] + 0.6 * across, 3};
        }
        double[][] map = Pca.project(points, 2);
        double mean = Arrays.stream(along).average().orElseThrow();
        double product = 0;
        for (int i = 0; i < 500; i++) {
            product += map[i][0] * map[i][1];
            // Sampled axes are turned by about 1 / (5 sqrt 500) from the true ones.
            assertThat(map[i][0]).as("along the axis").isCloseTo(along[i] - mean, within(0.2));
        }
        assertThat(product / 500).as("components are uncorrelated").isCloseTo(0, within(1e-6));
    }

    @Test
    void whatDoesNotVaryStaysAtZero() {
        double[][] map = Pca.project(new double[][] {{1, 2}, {3, 6}, {2, 4}}, 3);
        assertThat(map[0][0] - map[1][0]).as("length").isCloseTo(-Math.sqrt(20), within(1e-9));
        assertThat(map[0][1]).as("second").isCloseTo(0, within(1e-9));
        assertThat(map[0][2]).as("third").isZero();
    }

    @Test
    void neighboursStayNeighbours() {
        double[][] map = Tsne.STANDARD.project(clouds());
        assertThat(faithful(map)).as("nearest of the same cloud").isGreaterThan(0.99);
        assertThat(faithful(Pca.project(clouds(), 2))).as("of components").isGreaterThan(0.95);
        assertThat(Tsne.STANDARD.project(clouds())).as("the same every time").isDeepEqualTo(map);
    }

    @Test
    void affinitiesHaveTheirPerplexity() {
        double[][] joint = Affinities.joint(clouds(), 20);
        double sum = Arrays.stream(joint).flatMapToDouble(Arrays::stream).sum();
        assertThat(sum).as("sum").isCloseTo(1, within(1e-6));
        assertThat(joint[3][5]).as("symmetric").isEqualTo(joint[5][3]);
        assertThat(joint[0][1]).as("neighbours before strangers").isGreaterThan(joint[0][2 * EACH]);
    }
}
