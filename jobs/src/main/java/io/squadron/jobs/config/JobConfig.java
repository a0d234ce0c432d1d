package io.squadron.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.squadron.driver.schedule.Span;
import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.List;

/**
 * Everything a person can choose about a job. Immutable; made by {@link #load} alone, so that its values have been
 * checked. What each key means and its default stand in conf/reference.conf.
 *
 * @param dataset empty where none was given
 * @param run empty where none was given
 */
public record JobConfig(
        String dataset,
        String run,
        long seed,
        ModelConfig model,
        InputConfig input,
        SamplingConfig sampling,
        AugmentConfig augment,
        OptimiserConfig optimiser,
        ScheduleConfig schedule,
        PhasesConfig phases,
        TrainingConfig training,
        CheckpointConfig checkpoint,
        EvaluationConfig evaluation,
        PrepareConfig prepare,
        PredictConfig predict,
        RetrainConfig retrain,
        ReportConfig report)
        implements Checked, Serializable {

    /**
     * Reads reference.conf with {@code sources} over it, later ones over earlier ones.
     *
     * @throws Failure of kind USAGE that lists everything wrong, each with file and line
     */
    public static JobConfig load(List<ConfigSource> sources) {
        Config reference = Reference.config();
        Config all = reference;
        for (ConfigSource source : sources) {
            all = source.parse().withFallback(all);
        }
        Problems problems = new Problems();
        Binder binder = new Binder(problems);
        ConfigNode root =
                new ConfigNode("", resolved(all).root(), reference.resolve().root());
        binder.rejectUnknown(root);
        JobConfig bound = binder.bind(JobConfig.class, root.below(Reference.ROOT));
        problems.failIfAny();
        return bound;
    }

    /** What conf/reference.conf says about {@code key}, such as "augment.zoom". */
    public static String explanation(String key) {
        return Reference.explanation(key);
    }

    /** The whole configuration as JSON (and so HOCON); {@link ConfigSource.Text} reads it back to an equal one. */
    public String resolved() {
        return "{\n  \"" + Reference.ROOT + "\": " + Rendering.of(this, "  ") + "\n}\n";
    }

    /** The same on another dataset. */
    public JobConfig withDataset(String other) {
        return new JobConfig(
                other,
                run,
                seed,
                model,
                input,
                sampling,
                augment,
                optimiser,
                schedule,
                phases,
                training,
                checkpoint,
                evaluation,
                prepare,
                predict,
                retrain,
                report);
    }

    @Override
    public void check(Checks checks) {
        checks.withoutSecret("dataset", dataset);
        checks.withoutSecret("run", run);
        checks.together(
                !longerThanRun(schedule.warmup()),
                List.of("schedule.warmup", "training.epochs"),
                "a warm-up no longer than the run");
    }

    /** Steps cannot be judged here: their number in an epoch depends on the dataset. */
    private boolean longerThanRun(Span span) {
        return switch (span.unit()) {
            case EPOCHS -> span.amount() > training.epochs();
            case PERCENT -> span.amount() > 100;
            case STEPS -> false;
        };
    }

    private static Config resolved(Config all) {
        try {
            return all.resolve();
        } catch (ConfigException e) {
            throw Failure.usage(
                            "Cannot resolve this configuration: %s (expected every ${name} to be defined)",
                            e.getMessage())
                    .causedBy(e);
        }
    }
}
