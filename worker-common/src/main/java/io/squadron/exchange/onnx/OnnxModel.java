package io.squadron.exchange.onnx;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.failure.Failure;
import io.squadron.model.ModelSpec;
import io.squadron.model.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import onnx.Onnx;

/**
 * A model as one ONNX file, opset {@value #OPSET}: input {@value #INPUT} float32 (batch, 3, size, size), normalised, or
 * {@value #PIXELS} uint8 (batch, size, size, 3); output {@value #LOGITS} (batch, classes). The size of the batch is free. Heads
 * for training alone are left out. Labels, preprocessing and provenance stand in the metadata.
 */
public final class OnnxModel {
    /** Version of the operators' meaning. */
    public static final int OPSET = 13;

    public static final String INPUT = "input";
    public static final String PIXELS = "pixels";
    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";

    /** The version of the file format that came with the opset. */
    private static final int FORMAT = 7;

    private static final ObjectMapper JSON = new ObjectMapper();

    private OnnxModel() {}

    /** What the graph does beside the network. */
    public enum Extra {
        /** Bytes of RGB images come in, and the graph normalises them; resize and crop stay outside. */
        PREPROCESSING,
        /** A second output {@value OnnxModel#PROBABILITIES}, the softmax of the logits. */
        PROBABILITIES
    }

    /** Writes the file and leaves the stream open; fails with USAGE where the weights exceed what a file can hold. */
    public static void write(PortableModel model, Set<Extra> extras, OutputStream out) throws IOException {
        requireFits(model.facts().architecture(), model.weights().layout().length());
        message(model, extras).writeTo(out);
    }

    /** A message holds at most 2 GiB; one MiB of them is left for all that is not weights. */
    static void requireFits(String architecture, int weights) {
        long bytes = (long) weights * Float.BYTES;
        long most = Integer.MAX_VALUE - (1L << 20);
        if (bytes > most) {
            throw Failure.usage(
                    "Cannot write %s as ONNX: its weights have %d bytes (expected at most %d in one file). "
                            + "Export it as safetensors",
                    architecture, bytes, most);
        }
    }

    private static Onnx.ModelProto message(PortableModel model, Set<Extra> extras) {
        Onnx.ModelProto.Builder message = Onnx.ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("squadron")
                .addOpsetImport(
                        Onnx.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph(model, extras));
        about(model)
                .forEach((name, text) -> message.addMetadataProps(
                        Onnx.StringStringEntryProto.newBuilder().setKey(name).setValue(text)));
        return message.build();
    }

    private static Onnx.GraphProto graph(PortableModel model, Set<Extra> extras) {
        ModelSpec spec = model.facts().spec();
        OnnxGraph graph = new OnnxGraph(spec.architecture());
        String input = OnnxInput.add(graph, model.facts(), extras);
        OnnxLayers layers = new OnnxLayers(graph, model.weights(), spec.shapes(), input);
        List<Node> nodes = spec.leadingTo(spec.output().name());
        nodes.forEach(layers::add);
        graph.rename(layers.wire(spec.output().name()), LOGITS);
        graph.output(LOGITS, spec.classes());
        if (extras.contains(Extra.PROBABILITIES)) {
            graph.node("Softmax", PROBABILITIES, List.of(LOGITS), Map.of("axis", 1));
            graph.output(PROBABILITIES, spec.classes());
        }
        return graph.build();
    }

    /** Single facts for people and other programs; under "squadron" all of them, as in our own files of models. */
    private static Map<String, String> about(PortableModel model) {
        ModelFacts facts = model.facts();
        Map<String, String> about = new TreeMap<>();
        about.put("architecture", facts.architecture());
        about.put("labels", array(facts.classes()));
        about.put("mean", facts.normalisation().mean().toString());
        about.put("std", facts.normalisation().deviation().toString());
        about.put("size", String.valueOf(facts.size()));
        about.put("resize", String.valueOf(facts.resize()));
        about.put("interpolation", facts.interpolation().name().toLowerCase(Locale.ROOT));
        about.put(ModelFile.KEY, ModelFile.metadata(model).get(ModelFile.KEY));
        return about;
    }

    private static String array(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array.toString();
    }
}
