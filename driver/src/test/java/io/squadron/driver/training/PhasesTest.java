package io.squadron.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.squadron.dataset.Split;
import io.squadron.driver.checkpoint.Checkpoint;
import io.squadron.driver.checkpoint.LatestCheckpoint;
import io.squadron.driver.schedule.PlanSettings;
import io.squadron.driver.schedule.Planner;
import io.squadron.image.TrainingTransform;
import io.squadron.model.Freeze;
import io.squadron.model.ModelSpec;
import io.squadron.model.Slice;
import io.squadron.model.Weights;
import io.squadron.optim.Decay;
import io.squadron.optim.ParameterGroups;
import io.squadron.replica.Phase;
import io.squadron.replica.StateFiles;
import io.squadron.replica.TrainingJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose inputs grow and whose body thaws is exact at any number of replicas and across kills. */
class PhasesTest {
    private static final int SMALL = 6;
    private static final long GROWN = 3;
    private static final long THAWED = 6;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "onednn"})
    void anyNumberOfReplicasTrainsAlike(String engine) {
        List<Double> alone = train(rig("alone", 1, engine), Standing.fresh(), Integer.MAX_VALUE);
        List<Double> three = train(rig("three", 3, engine), Standing.fresh(), Integer.MAX_VALUE);
        assertThat(three).as("losses of rounds").hasSameSizeAs(alone);
        for (int round = 0; round < alone.size(); round++) {
            assertThat(three.get(round))
                    .as("loss of round %d", round)
                    .isCloseTo(alone.get(round), within(1e-4 * alone.get(round)));
        }
    }

    @Test
    void resumedAfterAnyRoundEndsWithTheSameBits() {
        TrainingRig quiet = rig("quiet", 2, "onednn");
        int rounds = train(quiet, Standing.fresh(), Integer.MAX_VALUE).size();
        float[] expected = weights(quiet, latest(quiet)).values();
        for (int killedAfter = 1; killedAfter < rounds; killedAfter++) {
            TrainingRig killed = rig("killed" + killedAfter, 2, "onednn");
            int when = killedAfter;
            assertThatThrownBy(() -> train(killed, Standing.fresh(), when)).hasMessage("killed");
            train(killed, standing(killed), Integer.MAX_VALUE);
            assertThat(weights(killed, latest(killed)).values())
                    .as("weights, killed after round %d", killedAfter - 1)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whileTheHeadAloneIsTrainedTheBodyStays() {
        TrainingRig rig = rig("frozen", 2, "onednn");
        assertThatThrownBy(() -> train(rig, Standing.fresh(), 4)).hasMessage("killed");
        Checkpoint saved = latest(rig);
        assertThat(saved.state().step()).as("step").isBetween(1L, THAWED);
        Weights found = weights(rig, saved);
        Weights fresh = rig.job().network().initialWeights().of(rig.spec());
        for (Slice slice : found.layout().slices()) {
            boolean same = java.util.Arrays.equals(found.slice(slice.name()), fresh.slice(slice.name()));
            assertThat(same)
                    .as("%s is as it began", slice.name())
                    .isEqualTo(bodyOf(rig.spec()).holds(slice));
        }
    }

    @Test
    void reEstimatedNormsFollowTheImagesAndKeepTheirScales() {
        TrainingRig rig = rig("re-estimated", 2, "onednn");
        ModelSpec spec = rig.spec();
        Freeze body = bodyOf(spec);
        Phase phase = new Phase(
                0,
                spec.input().height(),
                body.withoutNorms(spec),
                ParameterGroups.of(spec.layout(), body, 1e-4, Decay.WEIGHTS_ONLY),
                new TrainingTransform(List.of(), spec.input().height()));
        train(rig, rig.job().withPhases(List.of(phase)), Standing.fresh(), Integer.MAX_VALUE);
        Weights found = weights(rig, latest(rig));
        Weights fresh = rig.job().network().initialWeights().of(spec);
        for (Slice slice : found.layout().slices()) {
            boolean same = java.util.Arrays.equals(found.slice(slice.name()), fresh.slice(slice.name()));
            assertThat(same)
                    .as("%s is as it began", slice.name())
                    .isEqualTo(body.holds(slice) && slice.role().learned());
        }
    }

    private TrainingRig rig(String name, int replicas, String engine) {
        return TrainingRig.exact(directory.resolve(name + engine).toString(), replicas, 22, 6, 2)
                .by(engine);
    }

    private static Freeze bodyOf(ModelSpec spec) {
        return Freeze.below(spec, Freeze.stages(spec).size() - 1);
    }

    /** Head on small inputs; head on large ones; all. */
    private static TrainingJob phased(TrainingJob job) {
        ModelSpec spec = job.network().spec();
        Phase small = phase(spec, 0, SMALL, bodyOf(spec));
        Phase large = phase(spec, GROWN, spec.input().height(), bodyOf(spec));
        Phase all = phase(spec, THAWED, spec.input().height(), Freeze.none());
        return job.withPhases(List.of(small, large, all));
    }

    private static Phase phase(ModelSpec spec, long from, int size, Freeze freeze) {
        return new Phase(
                from,
                size,
                freeze,
                ParameterGroups.of(spec.layout(), freeze, 1e-4, Decay.WEIGHTS_ONLY),
                new TrainingTransform(List.of(), size));
    }

    private static Planner planner(TrainingRig rig) {
        PlanSettings plain = rig.planner().settings();
        return new Planner(new PlanSettings(
                plain.extent(), plain.schedule(), plain.averaging(), plain.cadence(), List.of(GROWN, THAWED)));
    }

    /** The mean losses of its rounds. */
    private static List<Double> train(TrainingRig rig, Standing standing, int killAfter) {
        return train(rig, phased(rig.job()), standing, killAfter);
    }

    private static List<Double> train(TrainingRig rig, TrainingJob job, Standing standing, int killAfter) {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = event -> {
            if (event instanceof TrainingEvent.RoundEnded round) {
                losses.add(round.result().lossSum() / round.result().samples());
                if (losses.size() == killAfter) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        try (RoundRunner runner = new LocalRoundRunner(job, event -> {})) {
            TrainingLoop.Parts parts = new TrainingLoop.Parts(
                    planner(rig), runner, rig.checkpoints(), rig.examination(), Split.VALIDATION, System::nanoTime);
            new TrainingLoop(parts, standing, List.of(listener)).run(rig.summary(0));
        }
        return losses;
    }

    private static Standing standing(TrainingRig rig) {
        return rig.store().latest() instanceof LatestCheckpoint.Found found
                ? Standing.at(found.checkpoint())
                : Standing.fresh();
    }

    private static Checkpoint latest(TrainingRig rig) {
        return ((LatestCheckpoint.Found) rig.store().latest()).checkpoint();
    }

    private static Weights weights(TrainingRig rig, Checkpoint saved) {
        Weights weights = Weights.zeros(rig.spec().layout());
        new StateFiles(rig.storage()).read(saved.state(), List.of("weights"), List.of(weights.values()));
        return weights;
    }
}
