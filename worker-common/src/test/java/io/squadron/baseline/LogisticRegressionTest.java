package io.squadron.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.random.RandomStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    private static final LogisticRegression.Settings WEAK = new LogisticRegression.Settings(1e-6, 200, 1e-6);

    @Test
    void separableClassesAreSeparated() {
        RandomStream random = RandomStream.of(1, "separable");
        float[][] pixels = new float[300][2];
        int[] labels = new int[300];
        double[][] centres = {{0, 0}, {1, 0}, {0, 1}};
        for (int i = 0; i < pixels.length; i++) {
            labels[i] = i % 3;
            for (int j = 0; j < 2; j++) {
                pixels[i][j] = (float) (centres[labels[i]][j] + random.between(-0.2, 0.2));
            }
        }
        LogisticRegression model = LogisticRegression.train(pixels, labels, 3, WEAK);
        assertThat(model.accuracy(pixels, labels))
                .as("share of right predictions")
                .isEqualTo(1.0);
        assertThat(model.predict(new float[] {2, 0}))
                .as("far on the side of class 1")
                .isEqualTo(1);
    }

    @Test
    void gradientAgreesWithFiniteDifferences() {
        RandomStream random = RandomStream.of(2, "gradient");
        float[][] pixels = new float[7][5];
        for (float[] row : pixels) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) random.nextDouble();
            }
        }
        SoftmaxObjective objective = SoftmaxObjective.of(pixels, new int[] {0, 1, 2, 3, 0, 1, 2}, 4, 0.3);
        double[] point = new double[objective.size()];
        Arrays.setAll(point, i -> random.nextGaussian());
        double[] gradient = new double[point.length];
        double[] unused = new double[point.length];
        double unusedValue = objective.valueAndGradient(point, gradient);
        assertThat(unusedValue).as("value").isPositive();
        double step = 1e-5;
        for (int i = 0; i < point.length; i++) {
            double here = point[i];
            point[i] = here + step;
            double above = objective.valueAndGradient(point, unused);
            point[i] = here - step;
            double below = objective.valueAndGradient(point, unused);
            point[i] = here;
            // central differences err by step^2 / 6 times the third derivative, and by rounding over step: about 1e-10
            assertThat(gradient[i]).as("component %d", i).isCloseTo((above - below) / (2 * step), within(1e-8));
        }
    }

    @Test
    void sameInputGivesTheSameModel() {
        float[][] pixels = {{0.1f, 0.9f}, {0.8f, 0.2f}, {0.3f, 0.6f}, {0.7f, 0.4f}};
        int[] labels = {0, 1, 1, 0};
        LogisticRegression one = LogisticRegression.train(pixels, labels, 2, WEAK);
        LogisticRegression other = LogisticRegression.train(pixels, labels, 2, WEAK);
        assertThat(one.parameters()).as("parameters").containsExactly(other.parameters());
    }

    @Test
    void labelOutsideTheClassesIsRefused() {
        assertThatThrownBy(() -> LogisticRegression.train(new float[][] {{1}}, new int[] {2}, 2, WEAK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample 0: 1 pixels, label 2");
    }

    @Test
    void classifiesTheExampleImages() throws IOException {
        ExampleImages train = ExampleImages.read("train");
        ExampleImages test = ExampleImages.read("test");
        assertThat(train.pixels()).as("training images").hasNumberOfRows(3000);
        LogisticRegression model =
                LogisticRegression.train(train.pixels(), train.labels(), 10, LogisticRegression.Settings.DEFAULT);
        double accuracy = model.accuracy(test.pixels(), test.labels());
        System.out.println("logistic regression on the example images: " + accuracy);
        assertThat(accuracy).as("held-out accuracy").isGreaterThan(0.75);
    }
}
