/**
 * How replicas talk: {@link io.squadron.collective.Collective} sums, gathers, broadcasts and waits. Sums are taken in
 * rank order, so that the same inputs give the same bits on every rank, whatever arrives first. Every wait has a
 * deadline whose message names the rank that is missing and what it was asked for.
 */
package io.squadron.collective;
