package io.squadron.jobs.cluster;

import io.squadron.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** One run that is struck once in each of its middle rounds, at moments that follow from the seed. */
final class StruckRun implements AutoCloseable {
    /** A round without a strike at the beginning and two at the end. */
    static final int ROUNDS = Strike.DECK.size() + 3;

    static final int LAST = ROUNDS * Trial.STEPS;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final StandaloneCluster cluster;
    private final Trial trial;
    private final int number;
    private final Random random;
    private final List<Strike> strikes = new ArrayList<>();
    private final String[] settings = settings();
    private Program program;
    /** End of the newest round that was told of, over all programs of this run. */
    private int reached;

    StruckRun(StandaloneCluster cluster, Trial trial, int number, long seed) {
        this.cluster = cluster;
        this.trial = trial;
        this.number = number;
        this.random = new Random(RandomStream.key(seed, "soak", number));
        this.program = trial.train(name(), settings);
    }

    /** A checkpoint now and then, so that most repetitions begin with what survivors hold. */
    static String[] settings() {
        return new String[] {"training.epochs=" + ROUNDS, "training.replicas=3", "checkpoint.every=4ep"};
    }

    String name() {
        return "struck-" + number;
    }

    /** Strikes until the deck is used up, then lets the run end. */
    List<Strike> run() {
        List<Strike.Kind> deck = new ArrayList<>(Strike.DECK);
        Collections.shuffle(deck, random);
        awaitProgress(0);
        for (Strike.Kind kind : deck) {
            Strike made = strike(kind);
            System.out.println(made.row());
            strikes.add(made);
        }
        Trial.require(program);
        return strikes;
    }

    private Strike strike(Strike.Kind kind) {
        long into = random.nextLong(2500);
        int before = reached();
        boolean ended = program.pause(Duration.ofMillis(into));
        if (ended) {
            throw new IllegalStateException("The run ended before it was struck; it said " + program.said());
        }
        int told = Trial.rounds(program).size();
        int processes = blow(kind);
        long struck = System.nanoTime();
        int next = awaitProgress(kind == Strike.Kind.DRIVER ? 0 : told);
        double seconds = (System.nanoTime() - struck) / 1e9;
        int repeated = Math.max(0, (before + Trial.STEPS - next) / Trial.STEPS);
        return new Strike(number, kind, before / Trial.STEPS, into, processes, seconds, repeated);
    }

    private int blow(Strike.Kind kind) {
        return switch (kind) {
            case EXECUTOR -> killExecutors(1);
            case TWO_EXECUTORS -> killExecutors(2);
            case HAND_OVER -> killTwice();
            case DRIVER -> killDriver();
        };
    }

    private int killExecutors(int count) {
        List<ProcessHandle> victims = new ArrayList<>(cluster.executors());
        Collections.shuffle(victims, random);
        List<ProcessHandle> chosen = victims.subList(0, Math.min(count, victims.size()));
        chosen.forEach(ProcessHandle::destroyForcibly);
        chosen.forEach(StandaloneCluster::kill);
        return chosen.size();
    }

    private int killTwice() {
        Set<Long> old = cluster.executors().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        int killed = killExecutors(1);
        long deadline = System.nanoTime() + Trial.PATIENCE.toNanos();
        while (cluster.executors().stream().allMatch(each -> old.contains(each.pid()))) {
            require(System.nanoTime() < deadline, "a successor of the killed executor");
            require(!program.pause(LOOK), "a run that goes on");
        }
        require(!program.pause(Duration.ofMillis(random.nextLong(7000))), "a run that goes on");
        return killed + killExecutors(1);
    }

    private int killDriver() {
        program.kill();
        program.close();
        program = trial.resume(name(), settings);
        return 1;
    }

    /** Waits for another round's end after {@code told} of them; returns the step at which it ended. */
    private int awaitProgress(int told) {
        long deadline = System.nanoTime() + Trial.PATIENCE.toNanos();
        List<Integer> rounds = Trial.rounds(program);
        while (rounds.size() <= told) {
            require(System.nanoTime() < deadline, "another round within " + Trial.PATIENCE);
            boolean ended = program.pause(LOOK);
            rounds = Trial.rounds(program);
            require(!ended || rounds.size() > told, "a run that goes on");
        }
        reached = rounds.get(rounds.size() - 1);
        return rounds.get(told);
    }

    private int reached() {
        List<Integer> rounds = Trial.rounds(program);
        return rounds.isEmpty() ? reached : rounds.get(rounds.size() - 1);
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalStateException(
                    "Cannot go on with %s: expected %s; it said %s".formatted(name(), expected, program.said()));
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
