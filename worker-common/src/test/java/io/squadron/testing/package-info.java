/**
 * What the tests of all modules share: {@link io.squadron.testing.GoldenFill} fills weights and images by formula,
 * {@link io.squadron.testing.TinyModels} are networks that compute in milliseconds.
 */
package io.squadron.testing;
