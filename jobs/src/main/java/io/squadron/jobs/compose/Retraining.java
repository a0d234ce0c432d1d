package io.squadron.jobs.compose;

import io.squadron.driver.registry.Comparison;
import io.squadron.driver.registry.Lease;
import io.squadron.driver.registry.Night;
import io.squadron.driver.registry.Pointer;
import io.squadron.driver.registry.Registry;
import io.squadron.driver.registry.Stage;
import io.squadron.failure.Failure;
import io.squadron.jobs.config.JobConfig;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The job retrain: one night, from what is new in the source to a model that is promoted or not. Each stage commits one record
 * last, and a night that is started again begins behind the last one.
 */
public final class Retraining {
    /** Exit code where another process is at work. */
    private static final int BUSY = 12;

    private final Cluster cluster;
    private final JobConfig config;
    private final Clock clock;
    private final PrintStream out;
    private final Registry registry;
    private final Consumer<Stage> afterStage;

    /** What came of it. */
    public record Result(int exitCode, String message) {}

    public Retraining(Cluster cluster, JobConfig config, Clock clock, PrintStream out) {
        this(cluster, config, clock, out, stage -> {});
    }

    /** {@code afterStage} hears of each record that was committed. */
    Retraining(Cluster cluster, JobConfig config, Clock clock, PrintStream out, Consumer<Stage> afterStage) {
        this.cluster = cluster;
        this.config = config;
        this.clock = clock;
        this.out = out;
        this.registry = Registry.at(cluster.storage(), config.retrain().registry());
        this.afterStage = afterStage;
    }

    /** The name of tonight. */
    public static String id(JobConfig config, Clock clock) {
        String given = config.retrain().id();
        return given.isEmpty() ? LocalDate.now(clock.withZone(ZoneOffset.UTC)).toString() : given;
    }

    /** Begins the night {@code id} or goes on with it; says what it did where it is over. */
    public Result run(String id) {
        Night night = registry.night(id);
        Optional<Result> over = over(night);
        if (over.isPresent()) {
            return over.get();
        }
        String owner = ManagementFactory.getRuntimeMXBean().getName() + " " + UUID.randomUUID();
        Lease.Attempt attempt = Lease.take(
                cluster.storage(), registry.lock(), owner, config.retrain().lease(), clock::millis);
        if (attempt instanceof Lease.Attempt.Busy busy) {
            return new Result(
                    BUSY,
                    "night %s: not begun, %s is at work in %s (its lease ends %s unless it is renewed)"
                            .formatted(
                                    id,
                                    busy.holder().owner(),
                                    registry.directory(),
                                    busy.holder().ends()));
        }
        try (LeaseKeeper keeper = new LeaseKeeper(
                ((Lease.Attempt.Taken) attempt).lease(), config.retrain().lease())) {
            Optional<Result> since = over(night); // whoever held the lease may have done it
            return since.isPresent() ? since.get() : attend(night, keeper);
        }
    }

    private Optional<Result> over(Night night) {
        return night.find(Stage.Ended.class)
                .filter(ended -> ended.outcome().isFinal())
                .map(ended ->
                        new Result(ended.exitCode(), "%s (done at %s)".formatted(said(night.id(), ended), ended.at())));
    }

    private Result attend(Night night, LeaseKeeper keeper) {
        Stage.Ended ended;
        try {
            ended = stages(night, keeper);
        } catch (RuntimeException e) {
            fail(night, keeper, e);
            throw e;
        }
        keeper.requireHeld();
        end(night, ended);
        return new Result(ended.exitCode(), said(night.id(), ended));
    }

    /** Writes down why the night broke off, unless another process has it by now. */
    private void fail(Night night, LeaseKeeper keeper, RuntimeException why) {
        int exitCode = why instanceof Failure failure ? failure.kind().exitCode() : 1;
        String message = why.getMessage() == null ? why.toString() : why.getMessage();
        try {
            if (keeper.isHeld()) {
                end(night, new Stage.Ended(Stage.Outcome.FAILED, exitCode, message, now()));
            }
        } catch (RuntimeException e) { // the store that broke the night off does not take its end either
            why.addSuppressed(e);
        }
    }

    private Stage.Ended stages(Night night, LeaseKeeper keeper) {
        NightWork work = new NightWork(cluster, config, registry, night, out);
        begin(night);
        Optional<Stage.Delivered> before = night.find(Stage.Delivered.class);
        if (before.isEmpty()) {
            DeliveryStage.Found found = new DeliveryStage(work).look();
            if (found instanceof DeliveryStage.Found.Nothing nothing) {
                return ended(Stage.Outcome.NOTHING_TO_DO, nothing.reason());
            }
            commit(night, keeper, ((DeliveryStage.Found.Something) found).delivered());
        }
        Stage.Delivered delivered = night.find(Stage.Delivered.class).orElseThrow();
        if (night.find(Stage.Trained.class).isEmpty()) {
            commit(night, keeper, new ChallengerStage(work).train(delivered));
        }
        Stage.Trained trained = night.find(Stage.Trained.class).orElseThrow();
        if (night.find(Stage.Compared.class).isEmpty()) {
            commit(night, keeper, new ComparisonStage(work).compare(delivered, trained));
        }
        Comparison comparison = night.find(Stage.Compared.class).orElseThrow().comparison();
        registry.keep(night.id(), Registry.Lineage.of(work.begun(), delivered, trained, comparison));
        keeper.requireHeld();
        return decide(work, comparison);
    }

    private void begin(Night night) {
        Optional<Stage.Begun> begun = night.find(Stage.Begun.class);
        String promoted = registry.pointer().model();
        if (begun.isEmpty()) {
            Stage.Begun now = new Stage.Begun(night.id(), now(), Provenances.version(), promoted, config.resolved());
            night.commit(now);
            afterStage.accept(now);
        } else if (!promoted.equals(begun.get().champion()) && !promoted.equals(night.id())) {
            throw Failure.state(
                    "Cannot go on with night %s: it began against model '%s', now '%s' is promoted. Start a night of "
                            + "another --id",
                    night.id(), begun.get().champion(), promoted);
        }
    }

    private Stage.Ended decide(NightWork work, Comparison comparison) {
        if (!comparison.objections().isEmpty()) {
            return ended(Stage.Outcome.REJECTED, String.join("; ", comparison.objections()));
        }
        Pointer pointer = registry.pointer();
        if (!pointer.model().equals(work.night().id())) {
            registry.point(pointer.to(work.night().id(), now(), Pointer.Why.PROMOTED));
        }
        String against = work.champion().isEmpty()
                ? "the first"
                : String.format(
                        Locale.ROOT,
                        "%+.4f against %s, 95%% confidence %+.4f to %+.4f",
                        comparison.challenger() - comparison.champion(),
                        work.champion(),
                        comparison.low(),
                        comparison.high());
        return ended(
                Stage.Outcome.PROMOTED,
                String.format(Locale.ROOT, "accuracy %.4f, %s", comparison.challenger(), against));
    }

    private void commit(Night night, LeaseKeeper keeper, Stage stage) {
        keeper.requireHeld();
        night.commit(stage);
        afterStage.accept(stage);
    }

    private void end(Night night, Stage.Ended ended) {
        night.commit(ended);
        afterStage.accept(ended);
        new Notification(config.retrain().notification(), config.retrain().notificationDeadline())
                .send(Map.of(
                        "SQUADRON_OUTCOME", name(ended),
                        "SQUADRON_NIGHT", night.id(),
                        "SQUADRON_EXIT_CODE", String.valueOf(ended.exitCode()),
                        "SQUADRON_MESSAGE", ended.message(),
                        "SQUADRON_REGISTRY", registry.directory(),
                        "SQUADRON_PROMOTED", registry.pointer().model()))
                .ifPresent(problem -> out.println("  the notification failed: " + problem));
    }

    private Stage.Ended ended(Stage.Outcome outcome, String message) {
        return new Stage.Ended(outcome, outcome.exitCode(), message, now());
    }

    private static String said(String id, Stage.Ended ended) {
        return "night %s: %s: %s".formatted(id, name(ended), ended.message());
    }

    private static String name(Stage.Ended ended) {
        return ended.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
