package io.squadron.replica;

import io.squadron.engine.Compute;
import io.squadron.engine.Engines;
import io.squadron.engine.Images;
import io.squadron.engine.Inference;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.PortableModel;
import io.squadron.model.Freeze;
import io.squadron.storage.Storage;
import java.util.Arrays;
import java.util.List;

/**
 * A model in one of our own files, as it answers where there are other classes: those that it does not know get a logit that
 * no other falls below, those that only it knows are left out of its answers.
 *
 * @param uri of a file that {@link ModelFile} has written
 * @param classes in the order in which answers are wanted; at least one that the model knows
 * @param engine by name
 */
public record FiledModel(String uri, List<String> classes, String engine, Storage storage) implements Examinee {
    private static final long serialVersionUID = 1L;

    /** Its exponential is 0, and differences of it are finite. */
    private static final float NEVER = -1e30f;

    public FiledModel {
        classes = List.copyOf(classes);
    }

    @Override
    public Inference open(Compute compute) {
        PortableModel model = ModelFile.read(storage, uri);
        SessionOptions options = SessionOptions.plain()
                .with(compute)
                .withFreeze(Freeze.none())
                .withNormalisation(model.facts().normalisation());
        Session session = Engines.named(engine).open(model.facts().spec(), model.weights(), options);
        List<String> known = model.facts().classes();
        int[] places = classes.stream().mapToInt(known::indexOf).toArray();
        return new Answers(session, places, known.size());
    }

    /** Logits in the order of other classes. */
    private record Answers(Session session, int[] places, int known) implements Inference {
        @Override
        public float[] infer(Images images) {
            float[] logits = session.infer(images);
            int samples = logits.length / known;
            float[] answers = new float[samples * places.length]; // (samples, classes)
            Arrays.fill(answers, NEVER);
            for (int sample = 0; sample < samples; sample++) {
                for (int i = 0; i < places.length; i++) {
                    if (places[i] >= 0) {
                        answers[sample * places.length + i] = logits[sample * known + places[i]];
                    }
                }
            }
            return answers;
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
