package io.squadron.driver.training;

import io.squadron.failure.Failure;
import io.squadron.replica.RankOutcome;
import io.squadron.replica.RankReport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What came of a round. */
public sealed interface RoundResult {
    /**
     * Every rank did its work.
     *
     * @param reports by rank
     */
    record Done(List<RankReport> reports) implements RoundResult {
        public Done {
            reports = List.copyOf(reports);
        }
    }

    /** No replica holds the state that the round starts from: go back to the last checkpoint. */
    record StateLost() implements RoundResult {}

    /** Reads the outcomes of all ranks; throws the failure that stopped them, the cause before those that only followed. */
    static RoundResult of(int round, List<RankOutcome> outcomes) {
        List<RankOutcome.Failed> failed = outcomes.stream()
                .filter(RankOutcome.Failed.class::isInstance)
                .map(RankOutcome.Failed.class::cast)
                .sorted(Comparator.comparing(RoundResult::followed).thenComparing(RankOutcome.Failed::rank))
                .toList();
        if (!failed.isEmpty()) {
            throw failure(round, failed.get(0));
        }
        if (outcomes.stream().anyMatch(RankOutcome.StateLost.class::isInstance)) {
            return new StateLost();
        }
        return new Done(outcomes.stream()
                .map(RankOutcome.Done.class::cast)
                .map(RankOutcome.Done::report)
                .sorted(Comparator.comparing(RankReport::rank))
                .toList());
    }

    /**
     * Why the ranks could not go on, if each that failed only missed another: the one they missed died before it could say
     * anything, and the round can be tried again. Empty if no rank failed, or one for a reason of its own.
     */
    static Optional<String> missedOthers(List<RankOutcome> outcomes) {
        List<RankOutcome.Failed> failed = outcomes.stream()
                .filter(RankOutcome.Failed.class::isInstance)
                .map(RankOutcome.Failed.class::cast)
                .toList();
        return failed.stream().allMatch(RoundResult::followed)
                ? failed.stream().findFirst().map(each -> each.cause().message())
                : Optional.empty();
    }

    /** A rank that fails for want of another rank only followed it, unless the failure is a bug of its own. */
    private static boolean followed(RankOutcome.Failed failed) {
        return failed.cause().kind() == Failure.Kind.REPLICA
                && failed.cause().trace().isEmpty();
    }

    private static RuntimeException failure(int round, RankOutcome.Failed failed) {
        RankOutcome.Cause cause = failed.cause();
        if (cause.trace().isEmpty()) {
            return Failure.of(cause.kind(), "%s (round %d, rank %d)", cause.message(), round, failed.rank());
        }
        return new IllegalStateException(
                "Rank %d broke in round %d: %s".formatted(failed.rank(), round, cause.trace()));
    }
}
