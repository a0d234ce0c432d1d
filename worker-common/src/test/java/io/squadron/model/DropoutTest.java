package io.squadron.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.squadron.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private static final ModelOptions PUBLISHED = ModelOptions.of(new Shape(3, 64, 64), 10);

    private static ModelSpec built(String name, Head head, float drop) {
        Variation variation = new Variation(Variation.Skips.ON, Variation.Norms.ON, 0, new Dropout.Share(drop));
        return Architectures.build(name, PUBLISHED.with(variation).with(head));
    }

    private static List<Float> shares(ModelSpec spec) {
        return spec.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Dropout)
                .map(node -> ((Layer.Dropout) node.layer()).drop())
                .toList();
    }

    @Test
    void aShareTakesThePlaceOfThePublishedOnes() {
        assertThat(shares(Architectures.build("vgg11", PUBLISHED)))
                .as("published")
                .containsExactly(0.5f, 0.5f);
        assertThat(shares(built("vgg11", Head.linear(), 0.2f))).as("chosen").containsExactly(0.2f, 0.2f);
        assertThat(shares(built("vgg11", Head.linear(), 0))).as("none").containsExactly(0f, 0f);
        ModelOptions all = PUBLISHED
                .with(AuxiliaryHeads.PUBLISHED)
                .with(new Variation(Variation.Skips.ON, Variation.Norms.ON, 0, new Dropout.Share(0.1f)));
        assertThat(shares(Architectures.build("googlenet", all)))
                .as("with auxiliary heads")
                .containsExactly(0.1f, 0.1f, 0.1f);
    }

    @Test
    void aNetworkWithoutDropoutHasItOnItsPooledFeatures() {
        ModelSpec published = Architectures.build("resnet18", PUBLISHED);
        ModelSpec dropping = built("resnet18", Head.linear(), 0.3f);
        assertThat(dropping.node("dropout"))
                .isEqualTo(new Node("dropout", new Layer.Dropout(0.3f), List.of("avgpool")));
        assertThat(dropping.output().inputs()).as("what the head sees").containsExactly("dropout");
        assertThat(dropping.layout()).as("parameters").isEqualTo(published.layout());
        assertThat(Freeze.stages(dropping)).as("stages").isEqualTo(Freeze.stages(published));
        assertThat(built("resnet18", Head.linear(), 0)).as("a share of 0").isEqualTo(published);
    }

    @Test
    void aHiddenHeadKeepsItsOwn() {
        ModelSpec spec = built("resnet18", new Head.Hidden(16, 0.5f), 0.3f);
        assertThat(shares(spec)).as("below the head, in the head").containsExactly(0.3f, 0.5f);
        assertThat(spec.node("fc.0").inputs()).as("what the head sees").containsExactly("dropout");
    }

    @Test
    void whatIsFrozenBelowTheDropoutCanBeCached() {
        ModelSpec spec = built("resnet18", Head.linear(), 0.3f);
        assertThat(FrozenBody.top(spec, Freeze.below(spec, 5))).contains("avgpool");
        assertThat(FrozenBody.above(spec, "avgpool").nodes())
                .extracting(Node::name)
                .containsExactly("dropout", "fc");
    }

    @Test
    void itsWordsComeBack() {
        assertThat(Dropout.parse("published")).isEqualTo(Dropout.published()).hasToString("published");
        assertThat(Dropout.parse("0.25")).isEqualTo(new Dropout.Share(0.25f)).hasToString("0.25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-0.1", "NaN", "half", ""})
    void noOtherWordsAreTaken(String text) {
        assertThatThrownBy(() -> Dropout.parse(text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("expected published, or at least 0 and below 1");
    }
}
