package io.squadron.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A meeting of some ranks on threads of one JVM, for exchanges of batch-norm statistics in tests. */
final class Meeting {
    private static final long SECONDS = 60;

    private final Object[] brought;
    private final String[] nodes;
    private final CyclicBarrier barrier;

    private Meeting(int size) {
        this.brought = new Object[size];
        this.nodes = new String[size];
        this.barrier = new CyclicBarrier(size);
    }

    /** What {@code work} returns for each rank, all of them at the same time. */
    static <T> List<T> of(int size, Function<Rank, Callable<T>> work) throws Exception {
        Meeting meeting = new Meeting(size);
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                running.add(threads.submit(work.apply(meeting.new Rank(rank))));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get(SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** One of those who meet: exact statistics, merged in rank order. */
    final class Rank implements NormSync {
        private final int number;

        private Rank(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        @Override
        public Moments statistics(String node, Moments mine) {
            return exchange(node + " forward", mine).stream()
                    .map(Moments.class::cast)
                    .reduce(Moments.empty(mine.channels()), Moments::merge);
        }

        @Override
        public double[] sums(String node, double[] mine) {
            double[] total = new double[mine.length];
            for (Object each : exchange(node + " backward", mine)) {
                Arrays.setAll(total, i -> total[i] + ((double[]) each)[i]);
            }
            return total;
        }

        private List<Object> exchange(String node, Object mine) {
            brought[number] = mine;
            nodes[number] = node;
            await();
            List<Object> all = List.of(brought);
            boolean same = Arrays.stream(nodes).allMatch(node::equals);
            await();
            if (!same) {
                throw new AssertionError("Ranks are at different exchanges: " + Arrays.toString(nodes));
            }
            return all;
        }

        private void await() {
            try {
                barrier.await(SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("Rank " + number + " waited in vain", e);
            }
        }
    }
}
