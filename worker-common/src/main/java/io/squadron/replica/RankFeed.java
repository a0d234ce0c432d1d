package io.squadron.replica;

import io.squadron.dataset.BatchRequest;
import io.squadron.dataset.BatchSource;
import io.squadron.dataset.EpochDraws;
import io.squadron.dataset.Mixing;
import io.squadron.dataset.SampleOrder;
import io.squadron.dataset.SampleSource;
import io.squadron.dataset.Share;
import io.squadron.dataset.Shares;
import io.squadron.dataset.TrainingSamples;
import io.squadron.engine.Batch;
import io.squadron.engine.Images;
import io.squadron.evaluation.Tally;
import io.squadron.image.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Which samples one rank reads, and the sources that read them. */
final class RankFeed {
    private final Feeding feeding;
    private final Transform training;
    private final SampleSource samples;
    private final int rank;
    private final int size;
    private Optional<Epoch> last = Optional.empty();

    private record Epoch(int epoch, EpochDraws draws) {}

    /** Of the phase to which {@code step} belongs. */
    RankFeed(TrainingJob job, long step, int rank, int size) {
        this.feeding = job.feeding();
        Phase phase = job.phaseAt(step);
        this.training = phase.training();
        this.samples = phase.entry() instanceof Entry.OfFeatures features
                ? features.samples().open()
                : feeding.samples().open();
        this.rank = rank;
        this.size = size;
    }

    /** This rank's share of each step's global batch, in step order, each with its place in that batch. */
    BatchSource training(List<StepPlan> steps) {
        int[] positions = positions();
        List<BatchRequest> requests = new ArrayList<>();
        List<Batch.Place> places = new ArrayList<>();
        for (StepPlan step : steps) {
            Share share = Shares.ofRank(step.positions(), rank, size);
            requests.add(request(draws(step.epoch(), positions), step.epoch(), share, positions));
            places.add(new Batch.Place(step.step(), Math.toIntExact(share.first() - step.firstSample())));
        }
        return new PlacedBatches(samples.open(requests, training, feeding.decodeThreads()), places.iterator());
    }

    /** Of the samples that are trained on. */
    private int[] positions() {
        return TrainingSamples.of(samples.index(), feeding.sampling().perClass(), feeding.seed());
    }

    /** One epoch's draws at a time: most steps of a round are of the same one. */
    private EpochDraws draws(int epoch, int[] positions) {
        if (last.filter(known -> known.epoch() == epoch).isEmpty()) {
            int[] labels = Arrays.stream(positions)
                    .map(each -> samples.index().labels()[each])
                    .toArray();
            last = Optional.of(new Epoch(epoch, EpochDraws.of(feeding.sampling(), feeding.seed(), epoch, labels)));
        }
        return last.orElseThrow().draws();
    }

    private BatchRequest request(EpochDraws draws, int epoch, Share share, int[] positions) {
        List<EpochDraws.Draw> own = draws.of(share);
        return new BatchRequest(epoch, samples(own, positions), repeats(own), mates(draws, share, positions));
    }

    private static int[] samples(List<EpochDraws.Draw> draws, int[] positions) {
        return draws.stream().mapToInt(each -> positions[each.sample()]).toArray();
    }

    private static int[] repeats(List<EpochDraws.Draw> draws) {
        return draws.stream().mapToInt(EpochDraws.Draw::repeat).toArray();
    }

    /** Places 2k and 2k + 1 of an epoch are a pair, whoever computes them; the last of an odd number is its own mate. */
    private BatchRequest.Mates mates(EpochDraws draws, Share share, int[] positions) {
        Mixing mixing = feeding.sampling().mixing();
        if (mixing.isOff()) {
            return BatchRequest.Mates.NONE;
        }
        List<EpochDraws.Draw> mates = LongStream.range(share.first(), share.end())
                .map(place -> (place ^ 1) < draws.size() ? place ^ 1 : place)
                .mapToObj(draws::at)
                .toList();
        long[] pairs = LongStream.range(share.first(), share.end())
                .map(place -> place / 2)
                .toArray();
        return new BatchRequest.Mates(mixing, samples(mates, positions), repeats(mates), pairs);
    }

    private int[] samples(int epoch, Share own, int[] positions) {
        SampleOrder order = SampleOrder.of(feeding.seed(), epoch, positions.length);
        int[] share = order.of(own);
        for (int i = 0; i < share.length; i++) {
            share[i] = positions[share[i]];
        }
        return share;
    }

    /**
     * This rank's share of the batches that statistics are measured over: whole batches of nearly equal size, so that they
     * are the same at any number of ranks; changed as in training.
     */
    List<BatchRequest> population(NormStatistics statistics, int epoch) {
        int[] positions = positions();
        int count = statistics.samples() == 0 ? positions.length : Math.min(statistics.samples(), positions.length);
        int batches = (count + statistics.batch() - 1) / statistics.batch();
        Share all = new Share(0, count);
        Share own = Shares.ofRank(new Share(0, batches), rank, size);
        List<BatchRequest> requests = new ArrayList<>();
        for (long batch = own.first(); batch < own.end(); batch++) {
            Share share = Shares.ofRank(all, (int) batch, batches);
            requests.add(new BatchRequest(epoch, samples(epoch, share, positions)));
        }
        return requests;
    }

    /** Training samples without a place in any step. */
    BatchSource open(List<BatchRequest> requests) {
        return samples.open(requests, training, feeding.decodeThreads());
    }

    /** Counts this rank's share of the examination. */
    Tally examine(Examination examination, Function<Images, float[]> model) {
        return new Examiner(samples, feeding.evaluation(), feeding.decodeThreads())
                .tally(examination.share(rank, size), model);
    }
}
