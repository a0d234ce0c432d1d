package io.squadron.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import io.squadron.model.Architectures;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Head;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FittingTest {
    private static final ModelSpec RESNET = spec("resnet18", 10);
    private static final Weights WEIGHTS = Initialisation.HE_NORMAL_FAN_OUT.weights(RESNET, 3);

    private static ModelSpec spec(String architecture, int classes) {
        return Architectures.build(architecture, ModelOptions.of(new Shape(3, 64, 64), classes));
    }

    /** Tensors in memory. */
    private record Fake(Map<TensorEntry, float[]> tensors) implements TensorFile {
        static Fake of(Weights weights, UnaryOperator<String> names) {
            Map<TensorEntry, float[]> tensors = new LinkedHashMap<>();
            for (Slice slice : weights.layout().slices()) {
                tensors.put(new TensorEntry(names.apply(slice.name()), slice.shape()), weights.slice(slice.name()));
            }
            return new Fake(tensors);
        }

        Fake and(Fake other) {
            Map<TensorEntry, float[]> both = new LinkedHashMap<>(tensors);
            both.putAll(other.tensors);
            return new Fake(both);
        }

        Fake with(String name, List<Integer> shape) {
            Map<TensorEntry, float[]> all = new LinkedHashMap<>(tensors);
            all.keySet().removeIf(entry -> entry.name().equals(name));
            TensorEntry entry = new TensorEntry(name, shape);
            all.put(entry, new float[entry.length()]);
            return new Fake(all);
        }

        Fake without(String name) {
            Map<TensorEntry, float[]> all = new LinkedHashMap<>(tensors);
            all.keySet().removeIf(entry -> entry.name().startsWith(name));
            return new Fake(all);
        }

        @Override
        public String where() {
            return "memory";
        }

        @Override
        public List<TensorEntry> entries() {
            return List.copyOf(tensors.keySet());
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of();
        }

        @Override
        public float[] read(TensorEntry entry) {
            return tensors.get(entry);
        }

        @Override
        public void close() {}
    }

    private static Weights filled(TensorFile file, ModelSpec spec, PretrainedChoice choice) {
        Weights weights = Weights.zeros(spec.layout());
        Fitting.of(file, spec, choice).fill(weights);
        return weights;
    }

    @Test
    void wrappersAreUnwrappedAndCountersPassedOver() {
        Fake file = Fake.of(WEIGHTS, name -> "state_dict.module." + name)
                .with("state_dict.module.bn1.num_batches_tracked", List.of())
                .with("optimizer.state.0.momentum_buffer", List.of(4));
        FittingReport report = Fitting.of(file, RESNET, PretrainedChoice.all()).report();
        assertThat(report.names()).isEqualTo("torchvision below 'state_dict.module'");
        assertThat(report.used()).hasSize(RESNET.layout().slices().size());
        assertThat(report.unused())
                .extracting(FittingReport.Unused::source)
                .containsExactly("state_dict.module.bn1.num_batches_tracked", "optimizer.state.0.momentum_buffer");
        assertThat(filled(file, RESNET, PretrainedChoice.all()).values()).isEqualTo(WEIGHTS.values());
    }

    @Test
    void ofTwoCopiesTheAskedOneIsTaken() {
        Weights average = Initialisation.HE_NORMAL_FAN_OUT.weights(RESNET, 4);
        Fake file =
                Fake.of(average, name -> "state_dict_ema." + name).and(Fake.of(WEIGHTS, name -> "state_dict." + name));
        assertThat(filled(file, RESNET, PretrainedChoice.all()).values()).isEqualTo(WEIGHTS.values());
        assertThat(filled(file, RESNET, new PretrainedChoice(PretrainedCopy.AVERAGE, 0))
                        .values())
                .isEqualTo(average.values());
    }

    /** transformers' name for torchvision's. */
    private static String huggingFace(String name) {
        String part = name.substring(name.lastIndexOf('.') + 1);
        if (name.startsWith("fc.")) {
            return "classifier.1." + part;
        }
        if (!name.startsWith("layer")) {
            return "resnet.embedder.embedder." + (name.startsWith("conv1") ? "convolution." : "normalization.") + part;
        }
        String[] path = name.split("\\.");
        boolean shortcut = path[2].equals("downsample");
        boolean convolution = shortcut ? path[3].equals("0") : path[2].startsWith("conv");
        String place = shortcut ? "shortcut" : "layer." + (path[2].charAt(path[2].length() - 1) - '1');
        return "resnet.encoder.stages.%d.layers.%s.%s.%s.%s"
                .formatted(
                        path[0].charAt(5) - '1', path[1], place, convolution ? "convolution" : "normalization", part);
    }

    @Test
    void namesOfHuggingFaceAreUnderstood() {
        Fake file = Fake.of(WEIGHTS, FittingTest::huggingFace);
        assertThat(Fitting.of(file, RESNET, PretrainedChoice.all()).report().names())
                .isEqualTo("Hugging Face");
        assertThat(filled(file, RESNET, PretrainedChoice.all()).values()).isEqualTo(WEIGHTS.values());
    }

    @Test
    void aHeadOfOtherClassesBeginsAnew() {
        ModelSpec seven = spec("resnet18", 7);
        FittingReport report = Fitting.of(Fake.of(WEIGHTS, name -> name), seven, PretrainedChoice.all())
                .report();
        assertThat(report.fresh()).extracting(FittingReport.Fresh::name).containsExactly("fc.weight", "fc.bias");
        assertThat(report.fresh().get(0).reason()).contains("'fc.weight' of shape [10, 512]");
        assertThat(report.unused()).extracting(FittingReport.Unused::source).containsExactly("fc.weight", "fc.bias");
    }

    @Test
    void aHiddenHeadBeginsAnewOnOldFeatures() {
        ModelSpec hidden = Architectures.build(
                "resnet18", ModelOptions.of(new Shape(3, 64, 64), 7).with(new Head.Hidden(16, 0.5f)));
        FittingReport report = Fitting.of(Fake.of(WEIGHTS, name -> name), hidden, PretrainedChoice.all())
                .report();
        assertThat(report.fresh())
                .extracting(FittingReport.Fresh::name)
                .containsExactly("fc.0.weight", "fc.0.bias", "fc.3.weight", "fc.3.bias");
        assertThat(report.unused()).extracting(FittingReport.Unused::source).containsExactly("fc.weight", "fc.bias");
    }

    @Test
    void stagesFromTheHeadBeginAnewOnRequest() {
        Weights base = Initialisation.HE_NORMAL_FAN_OUT.weights(RESNET, 9);
        Weights weights = base.copy();
        Fitting.of(Fake.of(WEIGHTS, name -> name), RESNET, new PretrainedChoice(PretrainedCopy.TRAINED, 2))
                .fill(weights);
        assertThat(weights.slice("layer3.0.conv1.weight")).isEqualTo(WEIGHTS.slice("layer3.0.conv1.weight"));
        assertThat(weights.slice("layer4.0.conv1.weight")).isEqualTo(base.slice("layer4.0.conv1.weight"));
        assertThat(weights.slice("fc.weight")).isEqualTo(base.slice("fc.weight"));
    }

    @Test
    void aMissingOrMisshapenTensorNamesBothSides() {
        Fake whole = Fake.of(WEIGHTS, name -> name);
        assertThatThrownBy(() -> Fitting.of(
                        whole.without("layer2.0.bn1.weight").with("conv1.weight", List.of(64, 3, 3, 3)),
                        RESNET,
                        PretrainedChoice.all()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no tensor for layer2.0.bn1.weight of shape [128]")
                .hasMessageContaining(
                        "the file's 'conv1.weight' has shape [64, 3, 3, 3], but conv1.weight has shape [64, 3, 7, 7]");
    }

    @Test
    void aDeeperNetworksFileIsRefused() {
        Weights deeper = Weights.zeros(spec("resnet34", 10).layout());
        assertThatThrownBy(() -> Fitting.of(Fake.of(deeper, name -> name), RESNET, PretrainedChoice.all()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("belongs to no layer of this network");
    }

    @Test
    void numbersThatBrokeAreRefused() {
        Weights broken = WEIGHTS.copy();
        broken.values()[broken.layout().slice("bn1.weight").offset() + 3] = Float.NaN;
        assertThatThrownBy(() -> filled(Fake.of(broken, name -> name), RESNET, PretrainedChoice.all()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("element 3 of tensor 'bn1.weight' is NaN");
    }

    @Test
    void auxiliaryHeadsMayBeAbsentOrSuperfluous() {
        ModelOptions plain = ModelOptions.of(new Shape(3, 64, 64), 10);
        ModelSpec without = Architectures.build("googlenet", plain);
        ModelSpec with = Architectures.build("googlenet", plain.with(AuxiliaryHeads.PUBLISHED));
        FittingReport less = Fitting.of(
                        Fake.of(Weights.zeros(with.layout()), name -> name), without, PretrainedChoice.all())
                .report();
        assertThat(less.unused())
                .allMatch(each -> each.reason().contains("auxiliary head"))
                .isNotEmpty();
        FittingReport more = Fitting.of(
                        Fake.of(Weights.zeros(without.layout()), name -> name), with, PretrainedChoice.all())
                .report();
        assertThat(more.fresh()).allMatch(each -> each.name().startsWith("aux")).isNotEmpty();
    }

    @Test
    void timmsVggHasConvolutionsForDenseLayers() {
        ModelSpec vgg = spec("vgg11", 4);
        List<TensorEntry> entries = new ArrayList<>();
        for (Slice slice : vgg.layout().slices()) {
            String name = slice.name()
                    .replace("classifier.0.", "pre_logits.fc1.")
                    .replace("classifier.3.", "pre_logits.fc2.")
                    .replace("classifier.6.", "head.fc.");
            List<Integer> shape = name.equals("pre_logits.fc1.weight") ? List.of(4096, 512, 7, 7) : slice.shape();
            entries.add(new TensorEntry(name, shape));
        }
        Map<TensorEntry, float[]> tensors = new LinkedHashMap<>();
        entries.forEach(entry -> tensors.put(entry, new float[0]));
        FittingReport report =
                Fitting.of(new Fake(tensors), vgg, PretrainedChoice.all()).report();
        assertThat(report.names()).isEqualTo("timm");
        assertThat(report.used()).hasSize(vgg.layout().slices().size());
        assertThat(report.unused()).isEmpty();
    }
}
