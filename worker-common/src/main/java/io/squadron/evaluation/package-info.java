/**
 * What is counted when a model looks at labelled images: {@link io.squadron.evaluation.Tally} is a monoid, so that any
 * number of ranks or partitions count apart and merge in order. The driver turns it into metrics and pictures.
 */
package io.squadron.evaluation;
