package io.squadron.exchange.onnx;

import io.squadron.exchange.FloatBytes;
import io.squadron.exchange.NamedFloats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/** A graph while it is written: operators in order, each with one output named as the operator. */
final class OnnxGraph {
    private static final String BATCH = "batch";

    private final Onnx.GraphProto.Builder graph;

    OnnxGraph(String name) {
        graph = Onnx.GraphProto.newBuilder().setName(name);
    }

    /** An input of free batch size. */
    void input(String name, Onnx.TensorProto.DataType type, int... sides) {
        graph.addInput(value(name, type, sides));
    }

    /** An output of float32, of free batch size. */
    void output(String name, int... sides) {
        graph.addOutput(value(name, Onnx.TensorProto.DataType.FLOAT, sides));
    }

    private static Onnx.ValueInfoProto value(String name, Onnx.TensorProto.DataType type, int... sides) {
        Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder();
        shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        for (int side : sides) {
            shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(side));
        }
        Onnx.TypeProto.Tensor tensor = Onnx.TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return Onnx.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(Onnx.TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    void constant(NamedFloats tensor) {
        constant(tensor.name(), Onnx.TensorProto.DataType.FLOAT, tensor.shape(), FloatBytes.of(tensor));
    }

    void constant(String name, List<Integer> shape, float... values) {
        constant(name, Onnx.TensorProto.DataType.FLOAT, shape, FloatBytes.of(values));
    }

    /** A vector of int64. */
    void constant(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        constant(name, Onnx.TensorProto.DataType.INT64, List.of(values.length), bytes.array());
    }

    private void constant(String name, Onnx.TensorProto.DataType type, List<Integer> shape, byte[] bytes) {
        Onnx.TensorProto.Builder tensor = Onnx.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
        shape.forEach(tensor::addDims);
        graph.addInitializer(tensor);
    }

    /**
     * Adds an operator.
     *
     * @param attributes by name: an Integer, a Float, or a list of Integers
     */
    void node(String operator, String name, List<String> inputs, Map<String, Object> attributes) {
        Onnx.NodeProto.Builder node = Onnx.NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name);
        new TreeMap<>(attributes).forEach((key, value) -> node.addAttribute(attribute(key, value)));
        graph.addNode(node);
    }

    private static Onnx.AttributeProto attribute(String name, Object value) {
        Onnx.AttributeProto.Builder attribute = Onnx.AttributeProto.newBuilder().setName(name);
        if (value instanceof Integer number) {
            attribute.setType(Onnx.AttributeProto.AttributeType.INT).setI(number);
        } else if (value instanceof Float number) {
            attribute.setType(Onnx.AttributeProto.AttributeType.FLOAT).setF(number);
        } else if (value instanceof List<?> numbers) {
            attribute.setType(Onnx.AttributeProto.AttributeType.INTS);
            numbers.forEach(each -> attribute.addInts((Integer) each));
        } else {
            throw new IllegalArgumentException("Cannot write attribute '%s' of %s".formatted(name, value.getClass()));
        }
        return attribute.build();
    }

    /** Gives what leaves the last operator another name. */
    void rename(String from, String to) {
        Onnx.NodeProto.Builder last = graph.getNodeBuilder(graph.getNodeCount() - 1);
        if (!last.getOutput(0).equals(from)) {
            throw new IllegalArgumentException(
                    "Cannot rename '%s': the last operator gives '%s'".formatted(from, last.getOutput(0)));
        }
        last.setOutput(0, to);
    }

    Onnx.GraphProto build() {
        return graph.build();
    }
}
