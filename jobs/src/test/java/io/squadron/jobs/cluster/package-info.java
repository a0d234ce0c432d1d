/**
 * Squadron on a real cluster: {@link io.squadron.jobs.cluster.StandaloneCluster} starts a master and workers as processes of
 * their own, {@link io.squadron.jobs.cluster.Trial} submits a tiny training as a person would, and the tests kill, stop and
 * resume what takes part in it. {@link io.squadron.jobs.cluster.Soak} does so many times at random moments.
 */
package io.squadron.jobs.cluster;
