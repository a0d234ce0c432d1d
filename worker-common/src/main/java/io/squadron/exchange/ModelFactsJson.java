package io.squadron.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.squadron.engine.Normalisation;
import io.squadron.image.Interpolation;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.Dropout;
import io.squadron.model.Head;
import io.squadron.model.ModelOptions;
import io.squadron.model.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@link ModelFacts} as JSON: in the manifests of checkpoints, and in the files of models. */
public final class ModelFactsJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINEAR = "linear";
    private static final String HIDDEN = "hidden";

    private ModelFactsJson() {}

    public static ObjectNode toJson(ModelFacts model) {
        ObjectNode node = JSON.createObjectNode();
        node.put("architecture", model.architecture()).put("stem", model.stem().name());
        node.put("auxiliary-heads", model.auxiliaryHeads().name());
        head(node.putObject("head"), model.head());
        variation(node.putObject("variation"), model.variation());
        node.put("resize", model.resize()).put("size", model.size());
        node.put("interpolation", model.interpolation().name());
        floats(node.putArray("mean"), model.normalisation().mean());
        floats(node.putArray("deviation"), model.normalisation().deviation());
        ArrayNode classes = node.putArray("classes");
        model.classes().forEach(classes::add);
        return node;
    }

    /** What was not said in files of earlier versions is what was the only choice then. */
    public static ModelFacts fromJson(JsonNode node) {
        return new ModelFacts(
                node.path("architecture").asText(),
                ModelOptions.Stem.valueOf(node.path("stem").asText()),
                AuxiliaryHeads.valueOf(node.path("auxiliary-heads").asText(AuxiliaryHeads.NONE.name())),
                head(node.path("head")),
                variation(node.path("variation")),
                list(node.path("classes"), JsonNode::asText),
                node.path("resize").asInt(),
                node.path("size").asInt(),
                Interpolation.valueOf(node.path("interpolation").asText(Interpolation.BILINEAR.name())),
                new Normalisation(
                        list(node.path("mean"), each -> Float.valueOf(each.asText())),
                        list(node.path("deviation"), each -> Float.valueOf(each.asText()))));
    }

    private static void head(ObjectNode node, Head head) {
        if (head instanceof Head.Hidden hidden) {
            node.put("kind", HIDDEN).put("units", hidden.units()).put("drop", String.valueOf(hidden.drop()));
        } else {
            node.put("kind", LINEAR);
        }
    }

    private static Head head(JsonNode node) {
        return node.path("kind").asText(LINEAR).equals(HIDDEN)
                ? new Head.Hidden(
                        node.path("units").asInt(),
                        Float.parseFloat(node.path("drop").asText()))
                : Head.linear();
    }

    private static void variation(ObjectNode node, Variation variation) {
        node.put("skips", variation.skips().name())
                .put("norms", variation.norms().name());
        node.put("stochastic-depth", String.valueOf(variation.stochasticDepth()));
        if (!variation.dropout().equals(Dropout.published())) {
            node.put("dropout", variation.dropout().toString());
        }
    }

    private static Variation variation(JsonNode node) {
        return new Variation(
                Variation.Skips.valueOf(node.path("skips").asText(Variation.Skips.ON.name())),
                Variation.Norms.valueOf(node.path("norms").asText(Variation.Norms.ON.name())),
                Float.parseFloat(node.path("stochastic-depth").asText("0")),
                Dropout.parse(node.path("dropout").asText(Dropout.PUBLISHED)));
    }

    private static void floats(ArrayNode array, List<Float> values) {
        values.forEach(value -> array.add(value.toString()));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> all = new ArrayList<>();
        array.forEach(each -> all.add(read.apply(each)));
        return all;
    }
}
