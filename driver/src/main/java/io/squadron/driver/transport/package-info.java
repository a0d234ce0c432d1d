/**
 * How replicas talk from process to process: a {@link io.squadron.collective.Collective} over Spark's own transport
 * library, so that {@code spark.authenticate} and {@code spark.network.crypto.*} protect tensors as they protect shuffles.
 * A {@link io.squadron.driver.transport.TransportListener} opens the ports; once the addresses of all ranks are known it
 * connects them. Two lanes, each with connections and threads of its own: a prompt one, where batch norms exchange a few
 * numbers, and a bulk one for long vectors. Only spark-network-common is used of Spark.
 */
package io.squadron.driver.transport;
