package io.squadron.engine.onednn;

/**
 * One thing that a program does.
 *
 * @param kind what it is called in a profile, "convolution forward"
 */
record Step(String kind, Runnable work) {}
