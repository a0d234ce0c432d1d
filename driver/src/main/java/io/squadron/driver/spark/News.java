package io.squadron.driver.spark;

import io.squadron.replica.RankProgress;
import io.squadron.replica.RankStart;
import java.io.Serializable;

/** What executors tell the driver through {@link SquadronPlugin}. */
sealed interface News extends Serializable {
    /** A rank is somewhere in its round. */
    record Progress(String run, RankProgress progress) implements News {}

    /**
     * A rank has begun.
     *
     * @param place where it runs, for people
     */
    record Began(String run, RankStart start, String place) implements News {}

    /**
     * A rank listens at {@code address}; answered with the addresses of all, empty strings for those that have not come.
     *
     * @param attempt of the round, another one each time it is tried
     */
    record Present(String run, String attempt, int rank, int size, String address) implements News {}
}
