/**
 * What the tests of all modules share: {@link io.squadron.testing.GoldenFill} fills weights and images by formula,
 * {@link io.squadron.testing.TinyModels} are networks that compute in milliseconds,
 * {@link io.squadron.testing.S3Server} is a real server of objects, where the build has its libraries, and
 * {@link io.squadron.testing.FaultyRelay} what spoils its answers.
 */
package io.squadron.testing;
