package io.squadron.jobs.compose;

import io.squadron.dataset.CacheBudget;
import io.squadron.dataset.DatasetIndex;
import io.squadron.dataset.ShardSamples;
import io.squadron.dataset.Split;
import io.squadron.driver.registry.Answers;
import io.squadron.driver.registry.Comparison;
import io.squadron.driver.registry.HoldOut;
import io.squadron.driver.registry.Limits;
import io.squadron.driver.registry.Stage;
import io.squadron.driver.spark.SparkEvaluation;
import io.squadron.driver.spark.prepare.DatasetIndexes;
import io.squadron.engine.Engines;
import io.squadron.evaluation.Tally;
import io.squadron.exchange.ModelFacts;
import io.squadron.exchange.ModelFile;
import io.squadron.exchange.TensorFile;
import io.squadron.exchange.TensorFiles;
import io.squadron.failure.Failure;
import io.squadron.image.EvaluationTransform;
import io.squadron.jobs.config.InputConfig;
import io.squadron.replica.Examination;
import io.squadron.replica.FiledModel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Shows the hold-out to challenger and champion, each sample once to each, each in its own size and normalisation. */
record ComparisonStage(NightWork work) {
    Stage.Compared compare(Stage.Delivered delivered, Stage.Trained trained) {
        DatasetIndex index = DatasetIndexes.load(work.cluster().session(), delivered.dataset());
        int[] positions = holdOut(index);
        int[] labels =
                Arrays.stream(positions).map(each -> index.labels()[each]).toArray();
        Answers challenger = answers(trained.model(), index, positions);
        if (work.champion().isEmpty()) {
            return new Stage.Compared(Comparison.alone(index.classes(), labels, challenger));
        }
        Answers champion = answers(work.registry().model(work.champion()), index, positions);
        Limits limits = new Limits(
                work.config().retrain().margin(), work.config().retrain().classFall());
        return new Stage.Compared(Comparison.of(index.classes(), labels, champion, challenger, limits));
    }

    /** What was fixed before stays; classes that come for the first time are added to it. */
    private int[] holdOut(DatasetIndex index) {
        Split split = work.config().retrain().holdOut();
        HoldOut before = work.registry().holdOut();
        HoldOut now = before.with(index, split, work.night().id());
        if (!now.equals(before)) {
            work.registry().keep(now);
        }
        int[] positions = now.positions(index, split);
        if (positions.length == 0) {
            throw Failure.state(
                    "Cannot compare models on the hold-out of %s: none of its samples is in the %s split of %s. The source or "
                            + "retrain.hold-out is another one; delete holdout.json to fix new samples",
                    work.registry().directory(), split.name().toLowerCase(Locale.ROOT), index.directory());
        }
        return positions;
    }

    private Answers answers(String model, DatasetIndex index, int[] positions) {
        ModelFacts facts = facts(model);
        InputConfig input = work.config().input();
        CacheBudget cache =
                new CacheBudget(input.cacheMemory().count(), input.cacheDisk().count());
        String engine = Engines.named(work.config().training().engine().name().toLowerCase(Locale.ROOT))
                .name();
        SparkEvaluation evaluation = new SparkEvaluation(
                new FiledModel(model, index.classes(), engine, work.storage()),
                new ShardSamples(work.storage(), index, work.config().seed(), cache),
                List.of(new EvaluationTransform(facts.resize(), facts.size(), facts.interpolation())),
                work.config().training().decodeThreads());
        // All mistakes are kept: they tell which samples were right.
        Examination examination =
                new Examination(positions, work.config().evaluation().batch(), 1, positions.length);
        Tally tally = evaluation.tally(
                work.cluster().context(), examination, work.cluster().parallelism());
        return new Answers(new HashSet<>(facts.classes()), right(tally, positions));
    }

    private ModelFacts facts(String model) {
        try (TensorFile file = TensorFiles.open(work.storage(), model)) {
            return ModelFile.facts(file);
        }
    }

    private static BitSet right(Tally tally, int[] positions) {
        BitSet right = new BitSet(positions.length);
        right.set(0, positions.length);
        tally.mistakes().forEach(each -> right.clear(Arrays.binarySearch(positions, each.position())));
        return right;
    }
}
