/**
 * Looking into networks: what enters each layer, which units do nothing, how large gradients and updates are through the
 * depth, how far two kinds of images lie apart, what is unhealthy about that; features drawn on a plane; and what in an
 * image spoke for a class. Arithmetic on what a {@link io.squadron.engine.Session} says; it reads no files and no clock.
 */
package io.squadron.diagnosis;
