package io.squadron.exchange;

import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.AuxiliaryHeads;
import io.squadron.model.ModelOptions;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads what docs/results/scripts/import_proof.py has written, DIRECTORY ARCHITECTURE, and tells for each form how far the
 * logits are from torch's, relative to the largest; ends with 1 where that is more than 1e-4.
 */
final class ImportProof {
    private static final double LIMIT = 1e-4;
    private static final int COUNT = 2;

    private ImportProof() {}

    public static void main(String[] arguments) throws IOException {
        String name = arguments[1];
        Path base = Path.of(arguments[0], name);
        float[] pixels = floats(base + ".input.bin");
        float[] expected = floats(base + ".logits.bin");
        int side = (int) Math.round(Math.sqrt(pixels.length / (3.0 * COUNT)));
        StringBuilder row = new StringBuilder("| " + name + " |");
        boolean good = true;
        for (String form : List.of(".pth", ".legacy.pth", ".safetensors")) {
            double error = error(expected, logits(name, base + form, pixels, side));
            good &= error <= LIMIT;
            row.append(String.format(java.util.Locale.ROOT, " %.1e |", error));
        }
        System.out.println(row);
        System.exit(good ? 0 : 1);
    }

    private static float[] logits(String name, String uri, float[] pixels, int side) {
        Storage storage = Storage.of(Map.of());
        Preprocessing known = Preprocessing.known(name);
        Preprocessing input =
                new Preprocessing(side, side, known.interpolation(), known.normalisation(), known.source());
        Intake intake =
                new Intake(name, ModelOptions.Stem.STANDARD, AuxiliaryHeads.NONE, PretrainedCopy.TRAINED, List.of());
        try (TensorFile file = TensorFiles.open(storage, uri)) {
            PortableModel model = intake.of(file, input).model();
            try (Session session =
                    Engines.named("auto").open(model.facts().spec(), model.weights(), SessionOptions.plain())) {
                return session.infer(new Images.Floats(pixels, COUNT, 3, side, side));
            }
        }
    }

    private static double error(float[] expected, float[] found) {
        double largest = 0;
        double furthest = expected.length == found.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(expected.length, found.length); i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            furthest = Math.max(furthest, Math.abs(expected[i] - found[i]));
        }
        return furthest / largest;
    }

    private static float[] floats(String file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
