/**
 * What a network is, apart from who computes it: {@link io.squadron.model.ModelSpec} is a small graph of sealed {@link
 * io.squadron.model.Layer} records, {@link io.squadron.model.Layout} the table of its parameters under torchvision's
 * names, {@link io.squadron.model.Weights} one flat vector laid out by that table. {@link
 * io.squadron.model.Architectures} is the registry; {@link io.squadron.model.Freeze} and {@link
 * io.squadron.model.Initialisation} are what fine-tuning changes. Pure: no files, no clock, no native code.
 */
package io.squadron.model;
