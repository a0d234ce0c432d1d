/**
 * The fast engine: a {@link io.squadron.model.ModelSpec} compiled, once per batch size, into a {@link
 * io.squadron.engine.onednn.Program} of oneDNN primitives.
 *
 * <p>The {@link io.squadron.engine.onednn.Compiler} walks the nodes forward; one class per kind of layer (the ones named
 * ...Code) emits primitives through an {@link io.squadron.engine.onednn.Assembly} and leaves behind what has to be emitted
 * on the way back. Layouts: a convolution asks the library which layout it wants (on CPUs with AVX-512 nChw16c, blocks of
 * sixteen channels), everything else takes what arrives, and reorders stand only where two sides disagree. Weights of
 * convolutions come from the heap when such a layout is made of them, and their gradients go back there ({@link
 * io.squadron.engine.onednn.Passage}); all other parameters are read, and most of their gradients left, in one flat native
 * vector laid out as torch has it. All activations and slopes (gradients with respect to activations) share one {@link
 * io.squadron.engine.onednn.Arena}, in which tensors that do not live at the same time lie in the same place.
 */
package io.squadron.engine.onednn;
