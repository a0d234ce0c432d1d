package io.squadron.driver.transport;

import io.squadron.collective.Call;
import io.squadron.collective.Pending;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An exchange of this rank, from the call until it is done. */
final class Running implements Pending {
    private final Group group;
    private final Turn turn;
    private final Offer mine;
    private final Work work;
    private final Runnable whenOver;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile long heard;

    /** @param whenOver run once it is done or has failed */
    Running(Group group, Turn turn, Offer mine, Work work, Runnable whenOver) {
        this.group = group;
        this.turn = turn;
        this.mine = mine;
        this.work = work;
        this.whenOver = whenOver;
    }

    Turn turn() {
        return turn;
    }

    Call call() {
        return mine.call();
    }

    Offer mine() {
        return mine;
    }

    Work work() {
        return work;
    }

    /** Tells all ranks that this one has come; what goes wrong is thrown by {@link #await}. */
    Running begin() {
        begun = true;
        group.come(this);
        return this;
    }

    boolean isOver() {
        return done.isDone();
    }

    boolean begun() {
        return begun;
    }

    /** Notes a sign of life of those waited for. */
    void heard() {
        heard = System.nanoTime();
    }

    void finish() {
        group.over(this);
        if (done.complete(null)) {
            whenOver.run();
        }
    }

    /** Wakes who waits, to learn from the group why. */
    void fail() {
        if (done.completeExceptionally(new IllegalStateException("broken"))) {
            whenOver.run();
        }
    }

    /** The ranks that hold it up. */
    List<Integer> owing() {
        List<Integer> absent = group.absent(turn);
        if (!absent.isEmpty()) {
            return absent;
        }
        List<Integer> owing = work.owing();
        return owing.isEmpty() ? work.slow() : owing;
    }

    @Override
    public void await() {
        heard = System.nanoTime();
        long deadline = group.deadline().toNanos();
        try {
            while (true) {
                long left = deadline - (System.nanoTime() - heard);
                if (left <= 0) {
                    group.late(this);
                }
                if (isDone(Math.max(left, 1))) {
                    return;
                }
            }
        } catch (ExecutionException broken) {
            throw group.failure(call());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            group.interrupted(interrupted);
            throw group.failure(call());
        }
    }

    private boolean isDone(long nanos) throws InterruptedException, ExecutionException {
        try {
            done.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException perhapsLate) {
            return false;
        }
    }
}
