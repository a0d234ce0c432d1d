package io.squadron.replica;

import io.squadron.engine.Engines;
import io.squadron.engine.Peers;
import io.squadron.engine.Session;
import io.squadron.engine.SessionOptions;
import io.squadron.model.FrozenBody;
import io.squadron.model.ModelSpec;
import io.squadron.model.Weights;
import io.squadron.optim.FlatVectors;

/**
 * What a replica works with in one phase: a session for its size and its frozen part, the exchange of what is trained, and
 * the vectors that are updated.
 */
record Workbench(Phase phase, Session session, GradientExchange exchange, FlatVectors vectors)
        implements AutoCloseable {
    static Workbench of(TrainingJob job, Phase phase, Weights weights, RoundNormSync normSync) {
        Network network = job.network();
        GradientExchange exchange =
                new GradientExchange(network.spec(), phase.freeze(), job.sync().gradientWire());
        Session session = open(job, phase, weights, new Peers(normSync, exchange));
        FlatVectors vectors =
                new FlatVectors(phase.groups(), job.placement().compute().threads());
        return new Workbench(phase, session, exchange, vectors);
    }

    private static Session open(TrainingJob job, Phase phase, Weights weights, Peers peers) {
        ModelSpec spec = job.network().spec().withSize(phase.size());
        SessionOptions options = options(job, phase, peers);
        if (phase.entry() instanceof Entry.OfFeatures features) {
            return HeadSession.open(job.network().engine(), FrozenBody.above(spec, features.node()), weights, options);
        }
        return Engines.named(job.network().engine()).open(spec, weights, options);
    }

    /** A session of the network's own size, for evaluation alone. */
    static Session evaluation(TrainingJob job, Phase phase, Weights weights) {
        return Engines.named(job.network().engine())
                .open(job.network().spec(), weights, options(job, phase, Peers.none()));
    }

    private static SessionOptions options(TrainingJob job, Phase phase, Peers peers) {
        Network network = job.network();
        return new SessionOptions(
                job.placement().compute(),
                phase.freeze(),
                network.normalisation(),
                network.loss(),
                peers,
                job.feeding().seed());
    }

    @Override
    public void close() {
        vectors.close();
        session.close();
    }
}
