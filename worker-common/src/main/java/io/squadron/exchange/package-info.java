/**
 * Networks that come from other programs and go to them. A {@link io.squadron.exchange.TensorFile} is a table of named
 * tensors, whatever its format; {@link io.squadron.exchange.ModelFacts} say how weights are used on images, and travel with
 * them; a {@link io.squadron.exchange.PortableModel} is both together. Files of strangers are parsed by code that runs
 * nothing of theirs. The formats themselves live in packages below.
 */
package io.squadron.exchange;
