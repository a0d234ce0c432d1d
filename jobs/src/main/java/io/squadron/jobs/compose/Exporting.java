package io.squadron.jobs.compose;

import io.squadron.driver.checkpoint.ModelSource;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.NamedFloats;
import io.squadron.exchange.PortableModel;
import io.squadron.exchange.dl4j.PlainGraphFile;
import io.squadron.exchange.onnx.OnnxModel;
import io.squadron.exchange.pth.StateDictFile;
import io.squadron.exchange.safetensors.SafetensorsWriter;
import io.squadron.failure.Failure;
import io.squadron.storage.Storage;
import java.util.Locale;
import java.util.Set;

/** The job export: a trained model as a file for other programs. Needs no Spark. */
public record Exporting(Storage storage) {
    /** What the file is. */
    public enum Format {
        SAFETENSORS,
        PTH,
        ONNX,
        DL4J
    }

    /** What happens where the name is taken. */
    public enum Taken {
        REFUSE,
        OVERWRITE
    }

    /**
     * What is asked for.
     *
     * @param model URI of a run, a checkpoint or a file of a model
     * @param out URI of the new file
     * @param extras for ONNX alone
     */
    public record Request(String model, Format format, String out, Set<OnnxModel.Extra> extras, Taken taken) {
        public Request {
            extras = Set.copyOf(extras);
        }
    }

    /** Writes the file, whole or not at all; returns what was done, for people. */
    public String run(Request request) {
        if (request.format() != Format.ONNX && !request.extras().isEmpty()) {
            throw Failure.usage(
                    "Cannot put computation into a file of format %s: it holds weights alone (expected --format onnx)",
                    request.format().name().toLowerCase(Locale.ROOT));
        }
        if (request.taken() == Taken.REFUSE && storage.exists(request.out())) {
            throw Failure.state(
                    "Cannot write %s: the name is taken. Name another with --out, or say --overwrite", request.out());
        }
        PortableModel model = new ModelSource(storage).load(request.model());
        Storage.Content content = content(request, model);
        if (request.taken() == Taken.OVERWRITE) {
            storage.replace(request.out(), content);
        } else {
            storage.publish(request.out(), content);
        }
        return "%s: %s with %d classes, %d bytes"
                .formatted(
                        request.out(),
                        model.facts().architecture(),
                        model.facts().classes().size(),
                        storage.length(request.out()));
    }

    private static Storage.Content content(Request request, PortableModel model) {
        return switch (request.format()) {
            case SAFETENSORS -> SafetensorsWriter.content(NamedFloats.of(model.weights()), ModelFile.metadata(model));
            case PTH -> out -> StateDictFile.write(model, out);
            case ONNX -> out -> OnnxModel.write(model, request.extras(), out);
            case DL4J -> out -> PlainGraphFile.write(model, out);
        };
    }
}
