/**
 * What a model has to beat: {@link io.squadron.baseline.LogisticRegression} on the raw pixels, in plain Java and on one
 * thread. {@code quickstart} prints its accuracy beside that of the network. It knows nothing of Spark, files or engines.
 */
package io.squadron.baseline;
