package io.squadron.jobs;

import io.squadron.driver.experiment.Grid;
import io.squadron.driver.experiment.Range;
import io.squadron.driver.experiment.Setting;
import io.squadron.failure.Failure;
import io.squadron.jobs.compose.Sweep;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Parses {@code sweep}. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        versionProvider = Squadron.Version.class,
        description = "Trains a setting after the other, with several seeds, and compares them on one page.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  squadron sweep --dataset dataset --grid optimiser.learning-rate=0.01,0.03,0.1 --seeds 1,2,3 --out sweeps/rate",
            "  squadron sweep --dataset dataset --random 9 --range optimiser.learning-rate=1e-3..1log \\",
            "      --range optimiser.weight-decay=1e-5..1e-3log --halving --out sweeps/both"
        })
final class SweepCommand implements Runnable {
    private final Jobs jobs;

    @Option(names = "--dataset", paramLabel = "URI", description = "The prepared dataset (dataset).")
    @SuppressWarnings("UnusedVariable") // read through its option: it is short for a key
    private String dataset;

    @Option(
            names = "--grid",
            paramLabel = "KEY=V1,V2",
            description = "Tries each of these values with each of every other --grid; repeatable.")
    private List<String> grids = new ArrayList<>();

    @Option(names = "--random", paramLabel = "N", description = "Draws this many settings from the ranges.")
    private int random;

    @Option(
            names = "--range",
            paramLabel = "KEY=LOW..HIGH[log]",
            description = "What --random draws from; with log by equal factors; repeatable.")
    private List<String> ranges = new ArrayList<>();

    @Option(
            names = "--halving",
            description = "Successive halving: the best third of the settings goes on three times as far.")
    private boolean halving;

    @Option(
            names = "--seeds",
            paramLabel = "N,N",
            split = ",",
            description = "Seeds of each setting. Default: that of the configuration.")
    private List<Long> seeds = new ArrayList<>();

    @Option(names = "--out", paramLabel = "URI", required = true, description = "Directory of runs and comparison.")
    private String out;

    @Option(names = "--dry-run", description = "Lists the runs and stops.")
    private boolean dryRun;

    @Mixin
    private Configured configured;

    SweepCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void run() {
        List<ConfigSource> sources = configured.sources(Map.of("--dataset", "dataset"));
        JobConfig config = JobConfig.load(sources);
        Configured.require(config.dataset(), "--dataset", "dataset");
        Sweep.Course course = halving ? Sweep.Course.HALVING : Sweep.Course.WHOLE;
        Sweep sweep = new Sweep(
                sources, settings(config.seed()), seeds.stream().distinct().toList(), course, out);
        jobs.sweep(new Jobs.SweepSettings(sweep, dryRun ? Jobs.Train.Extent.PLAN_ONLY : Jobs.Train.Extent.WHOLE_RUN));
    }

    private List<Setting> settings(long seed) {
        if (random < 0 || (random > 0) != !ranges.isEmpty()) {
            throw Failure.usage(
                    "Cannot draw %d settings from %d ranges (expected --random N with at least one --range)",
                    random, ranges.size());
        }
        List<Setting> product = Grid.product(grids.stream().map(Grid::parse).toList());
        if (random == 0) {
            return product;
        }
        List<Setting> drawn = Range.draw(ranges.stream().map(Range::parse).toList(), random, seed);
        return product.stream()
                .flatMap(setting -> drawn.stream().map(setting::and))
                .toList();
    }
}
