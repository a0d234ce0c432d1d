package io.squadron.dataset;

/**
 * One batch to be made.
 *
 * @param epoch keys the augmentation, with each sample's id
 * @param samples positions in the {@link DatasetIndex}, in batch order; may be empty
 * @param repeats how often the epoch may have shown each before: keys the augmentation as well
 * @param mates what each is mixed with
 */
public record BatchRequest(int epoch, int[] samples, int[] repeats, Mates mates) {
    /** Each shown for the first time, none mixed. */
    public BatchRequest(int epoch, int[] samples) {
        this(epoch, samples, new int[samples.length], Mates.NONE);
    }

    /**
     * The neighbours with which samples are mixed.
     *
     * @param mixing how
     * @param samples positions in the index, one for each sample of the batch; none where nothing is mixed
     * @param repeats of each
     * @param pairs number of each pair in the epoch: keys the mixture, which both of a pair share
     */
    public record Mates(Mixing mixing, int[] samples, int[] repeats, long[] pairs) {
        public static final Mates NONE = new Mates(Mixing.NONE, new int[0], new int[0], new long[0]);
    }
}
