package io.squadron.driver.spark.prepare;

import io.squadron.dataset.Split;

/** A sample with its place in the dataset: which shard, and at what offset its image begins there. */
record Placed(Candidate candidate, Surveyed surveyed, long id, Split split, int shard, long offset) {}
