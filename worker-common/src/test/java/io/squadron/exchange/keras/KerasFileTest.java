package io.squadron.exchange.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.squadron.exchange.Fitting;
import io.squadron.exchange.FittingReport;
import io.squadron.exchange.PretrainedChoice;
import io.squadron.exchange.TensorFile;
import io.squadron.exchange.TensorFiles;
import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.Layer;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import io.squadron.model.Shape;
import io.squadron.model.Weights;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ResNet50 by formula: each layer as Keras has it, element i of every kernel is i / 1000. */
class KerasFileTest {
    private static final ModelSpec SPEC = Architectures.build("resnet50", ModelOptions.of(new Shape(3, 64, 64), 5));

    @TempDir
    Path folder;

    private static String keras(String node) {
        if (node.equals("conv1") || node.equals("bn1")) {
            return node.equals("conv1") ? "conv1_conv" : "conv1_bn";
        }
        if (node.equals("fc")) {
            return "predictions";
        }
        String[] path = node.split("\\.");
        boolean shortcut = path[2].equals("downsample");
        boolean convolution = shortcut ? path[3].equals("0") : path[2].startsWith("conv");
        return "conv%d_block%d_%s_%s"
                .formatted(
                        path[0].charAt(5) - '0' + 1,
                        Integer.parseInt(path[1]) + 1,
                        shortcut ? "0" : path[2].substring(path[2].length() - 1),
                        convolution ? "conv" : "bn");
    }

    private static float[] all(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private Path written() {
        Path path = folder.resolve("resnet50.h5");
        try (WritableHdfFile file = HdfFile.write(path)) {
            for (Node node : SPEC.nodes()) {
                if (node.layer() instanceof Layer.Convolution c) {
                    WritableGroup group = group(file, node);
                    int k = c.window().kernelHeight();
                    float[][][][] kernel = new float[k][k][c.in()][c.out()];
                    int i = 0;
                    for (float[][][] row : kernel) {
                        for (float[][] pixel : row) {
                            for (float[] in : pixel) {
                                for (int o = 0; o < in.length; o++) {
                                    in[o] = i++ % 1000 / 1000f;
                                }
                            }
                        }
                    }
                    group.putDataset("kernel:0", kernel);
                    group.putDataset("bias:0", all(c.out(), 0.25f));
                } else if (node.layer() instanceof Layer.BatchNorm b) {
                    WritableGroup group = group(file, node);
                    group.putDataset("gamma:0", all(b.channels(), 1.5f));
                    group.putDataset("beta:0", all(b.channels(), 2.5f));
                    group.putDataset("moving_mean:0", all(b.channels(), 1f));
                    group.putDataset("moving_variance:0", all(b.channels(), 1e-4f));
                } else if (node.layer() instanceof Layer.Dense d) {
                    WritableGroup group = group(file, node);
                    group.putDataset("kernel:0", new float[d.in()][d.out()]);
                    group.putDataset("bias:0", all(d.out(), 3f));
                }
            }
        }
        return path;
    }

    private static WritableGroup group(WritableHdfFile file, Node node) {
        String name = keras(node.name());
        return file.putGroup(name).putGroup(name);
    }

    @Test
    void kernelsTurnAndBiasesBecomePartOfRunningMeans() {
        Weights weights = Weights.zeros(SPEC.layout());
        FittingReport report;
        try (TensorFile file = TensorFiles.open(Storage.of(Map.of()), written().toString())) {
            Fitting fitting = Fitting.of(file, SPEC, PretrainedChoice.all());
            report = fitting.report();
            fitting.fill(weights);
        }
        assertThat(report.names()).isEqualTo("Keras");
        assertThat(report.used()).hasSize(SPEC.layout().slices().size());
        assertThat(report.unused()).as("53 biases").hasSize(53);
        // Ours [o=5, red, y=1, x=2] of 64 x 3 x 7 x 7 is Keras' [y=1, x=2, in=2, o=5] of 7 x 7 x 3 x 64.
        int place = (5 * 3 * 7 + 1) * 7 + 2;
        assertThat(weights.slice("conv1.weight")[place]).isEqualTo((((1 * 7 + 2) * 3 + 2) * 64 + 5) % 1000 / 1000f);
        assertThat(weights.slice("layer1.0.bn2.running_mean")).containsOnly(0.75f);
        assertThat((double) weights.slice("layer4.2.bn3.running_var")[7]).isCloseTo(1e-4 + 1e-8, within(1e-11));
        assertThat(weights.slice("fc.bias")).containsOnly(3f);
    }

    @Test
    void cutOffFilesAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int length : new int[] {9, 40, 96, 200, 1000}) {
            Path cut = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TensorFiles.open(Storage.of(Map.of()), cut.toString()))
                    .as("%d bytes", length)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("cut.h5");
        }
    }
}
