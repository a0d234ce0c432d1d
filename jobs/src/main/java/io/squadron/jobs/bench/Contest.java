package io.squadron.jobs.bench;

import io.squadron.engine.Batch;
import io.squadron.failure.Failure;
import io.squadron.model.Initialisation;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import java.util.ArrayList;
import java.util.List;

/** All variants on one batch, side by side. Those that turn out not to be computable drop out with their reason. */
final class Contest implements AutoCloseable {
    private final Subject subject;
    private final Batch batch;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Row.Refused> refused = new ArrayList<>();

    /** Opens each of {@code variants} and lets it compute once, which compiles it. */
    Contest(Subject subject, ModelSpec spec, List<Variant> variants, int count) {
        this.subject = subject;
        this.batch = subject.batch(count);
        Weights weights = Initialisation.HE_UNIFORM_FAN_IN.weights(spec, subject.seed());
        try {
            for (int i = 0; i < variants.size(); i++) {
                // The last one takes the original: with one variant there is no copy whose memory would be seen.
                boolean last = i == variants.size() - 1;
                enter(variants.get(i), spec, last ? weights : weights.copy());
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void enter(Variant variant, ModelSpec spec, Weights weights) {
        try {
            Contender contender = new Contender(variant, subject.mode(), spec, weights);
            contenders.add(contender);
            contender.turn(batch);
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.USAGE) {
                throw e;
            }
            contenders.removeIf(each -> each.variant().equals(variant) && closed(each));
            refused.add(new Row.Refused(variant, batch.count(), e.getMessage()));
        }
    }

    private static boolean closed(Contender contender) {
        contender.close();
        return true;
    }

    /** Each in turn, again and again, so that whatever else the machine does hits all alike. */
    void run(int warmup, int steps) {
        takeTurns(warmup);
        contenders.forEach(Contender::forget);
        takeTurns(steps);
    }

    private void takeTurns(int rounds) {
        for (int i = 0; i < rounds; i++) {
            contenders.forEach(contender -> contender.turn(batch));
        }
    }

    List<Row.Refused> refused() {
        return List.copyOf(refused);
    }

    List<Row.Measured> measured() {
        return contenders.stream().map(each -> each.row(batch.count())).toList();
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
    }
}
