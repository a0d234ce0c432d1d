/**
 * Randomness as a function: a {@link io.squadron.random.RandomStream} is named by a seed and a position, so that whoever
 * asks for the same name, on whatever machine and in whatever order, draws the same numbers. Nothing else in Squadron
 * makes random numbers.
 */
package io.squadron.random;
