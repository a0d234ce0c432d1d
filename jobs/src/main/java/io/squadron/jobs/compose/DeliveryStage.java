package io.squadron.jobs.compose;

import io.squadron.dataset.DatasetDescription;
import io.squadron.dataset.DatasetFiles;
import io.squadron.driver.registry.Night;
import io.squadron.driver.registry.Stage;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import io.squadron.storage.Storage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sees what is new in the source and makes a dataset version of it, which adds to that of the champion. What only a rejected
 * model was trained on is therefore new again, until it has been tried with this champion.
 */
record DeliveryStage(NightWork work) {
    /** The new version, or why the night ends here: there is nothing new. */
    sealed interface Found {
        record Something(Stage.Delivered delivered) implements Found {}

        record Nothing(String reason) implements Found {}
    }

    Found look() {
        String key = Preparation.key(work.cluster(), work.config());
        Optional<Night> same = tried(each -> each.sourceKey().equals(key));
        if (same.isPresent()) {
            return new Found.Nothing(
                    "the source is as it was in night " + same.get().id());
        }
        Stage.Delivered delivered = prepared(key);
        requireFit(delivered);
        Optional<Night> known = tried(each -> each.fingerprint().equals(delivered.fingerprint()));
        if (known.isPresent()) {
            work.storage().delete(delivered.dataset());
            return new Found.Nothing(
                    "the source holds no images that night " + known.get().id() + " had not");
        }
        requireHoldOut(delivered);
        return new Found.Something(delivered);
    }

    /** A night that decided on such data against the champion of now, or made it. */
    private Optional<Night> tried(Predicate<Stage.Delivered> data) {
        return work.registry().nights().stream()
                .filter(night -> night.find(Stage.Ended.class)
                        .filter(ended ->
                                ended.outcome() == Stage.Outcome.PROMOTED || ended.outcome() == Stage.Outcome.REJECTED)
                        .isPresent())
                .filter(night -> night.id().equals(work.champion())
                        || night.find(Stage.Begun.class)
                                .orElseThrow()
                                .champion()
                                .equals(work.champion()))
                .filter(night -> night.find(Stage.Delivered.class).filter(data).isPresent())
                .findFirst();
    }

    private Stage.Delivered prepared(String key) {
        String directory = work.registry().dataset(work.night().id());
        if (work.storage().exists(Storage.child(directory, DatasetFiles.DESCRIPTION))) {
            work.storage().delete(directory); // of a try that was stopped: the source may have changed since
        }
        String base = base();
        JobConfig config = work.with(Map.of("dataset", directory, "prepare.base", base));
        List<DatasetDescription> before = base.isEmpty() ? List.of() : List.of(DatasetFiles.read(work.storage(), base));
        DatasetDescription now = Preparation.run(work.cluster(), config);
        int damagedBefore = before.stream()
                .filter(each ->
                        each.provenance().source().equals(now.provenance().source()))
                .mapToInt(each -> each.provenance().rejected())
                .sum();
        return new Stage.Delivered(
                directory,
                now.fingerprint(),
                key,
                samples(now),
                samples(now) - before.stream().mapToInt(DeliveryStage::samples).sum(),
                Math.max(0, now.provenance().rejected() - damagedBefore),
                now.classes());
    }

    private String base() {
        if (work.champion().isEmpty()) {
            return work.config().prepare().base();
        }
        return work.registry()
                .night(work.champion())
                .find(Stage.Delivered.class)
                .orElseThrow(() -> Failure.state(
                        "Cannot add to the dataset of night %s, which made the promoted model: the registry %s does not "
                                + "say where it lies. Restore its file 2-delivered.json, or roll back to another model",
                        work.champion(), work.registry().directory()))
                .dataset();
    }

    private static int samples(DatasetDescription dataset) {
        return dataset.counts().values().stream().mapToInt(Integer::intValue).sum();
    }

    private void requireFit(Stage.Delivered delivered) {
        int all = delivered.fresh() + delivered.damaged();
        double allowed = work.config().retrain().rejectShare();
        if (delivered.damaged() <= allowed * all) {
            return;
        }
        String rejects = Storage.child(delivered.dataset(), DatasetFiles.REJECTS);
        work.storage().replace(work.night().rejects(), work.storage().read(rejects));
        work.storage().delete(delivered.dataset());
        throw Failure.data(
                "Cannot train on what is new in %s: %d of %d images are damaged (expected at most a share of %s, by "
                        + "retrain.reject-share). Mend or remove those that %s lists, then start the night again",
                work.config().prepare().source(),
                delivered.damaged(),
                all,
                allowed,
                work.night().rejects());
    }

    private void requireHoldOut(Stage.Delivered delivered) {
        DatasetDescription dataset = DatasetFiles.read(work.storage(), delivered.dataset());
        if (dataset.counts().getOrDefault(work.config().retrain().holdOut(), 0) == 0) {
            work.storage().delete(delivered.dataset());
            String split = work.config().retrain().holdOut().name().toLowerCase(Locale.ROOT);
            throw Failure.usage(
                    "Cannot compare models on the %s split of %s: it has no images. Set prepare.%s-share above 0, or name "
                            + "another split with retrain.hold-out",
                    split, work.config().prepare().source(), split);
        }
    }
}
