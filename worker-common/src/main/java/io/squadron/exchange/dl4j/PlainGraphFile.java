package io.squadron.exchange.dl4j;

import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model as the zip that {@code ModelSerializer.restoreComputationGraph} reads: input (batch, 3, size, size), normalised;
 * output {@value PlainGraph#OUTPUT} (batch, classes), the softmax of the logits, which leave the vertex below it. What the
 * weights are for stands in the entry squadron.json, which Deeplearning4j passes over.
 */
public final class PlainGraphFile {
    private PlainGraphFile() {}

    /** Writes the zip and leaves the stream open; fails with USAGE where stock layers cannot compute a layer. */
    public static void write(PortableModel model, OutputStream out) throws IOException {
        ComputationGraph graph = PlainGraph.of(model);
        try (Unclosed shield = new Unclosed(out);
                ZipOutputStream zip = new ZipOutputStream(shield)) {
            zip.putNextEntry(new ZipEntry("configuration.json"));
            zip.write(graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("coefficients.bin"));
            DataOutputStream numbers = new DataOutputStream(zip);
            Nd4j.write(graph.params(), numbers);
            numbers.flush();
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("squadron.json"));
            zip.write(ModelFile.metadata(model).get(ModelFile.KEY).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    /** The caller's stream, which is not ours to close. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
