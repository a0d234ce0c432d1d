package io.squadron.driver.checkpoint;

import io.squadron.replica.RankReport;
import io.squadron.replica.SavedPart;
import io.squadron.replica.SavedState;
import java.util.List;
import java.util.Map;

/**
 * The checkpoints that a running training makes: the store, and what is the same in all of them.
 *
 * @param pattern a checkpoint with the facts of the run; its state, place and metrics are replaced
 * @param keep how many committed checkpoints stay
 */
public record RunCheckpoints(CheckpointStore store, Checkpoint pattern, int keep) {
    /**
     * Commits the state that the ranks have written, then removes old ones.
     *
     * @param place of the state in the run
     * @param reports by rank
     */
    public Checkpoint commit(long step, Checkpoint.Place place, List<RankReport> reports, Map<String, Double> metrics) {
        List<SavedPart> parts = reports.stream().map(RankReport::part).toList();
        SavedState state =
                new SavedState(store.directory(step), step, reports.get(0).updates(), parts);
        Checkpoint checkpoint = new Checkpoint(
                state,
                pattern.vectors(),
                place,
                pattern.model(),
                pattern.frozen(),
                pattern.configuration(),
                pattern.datasetFingerprint(),
                metrics,
                pattern.provenance());
        store.commit(checkpoint);
        store.retain(keep);
        return checkpoint;
    }
}
