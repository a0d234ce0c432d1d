/**
 * Networks as torch's archives: a zip of stored entries, one of which is a pickle that says which tensor lies where. {@link
 * io.squadron.exchange.pth.StateDictFile} writes what {@code torch.load} reads as a state dict.
 */
package io.squadron.exchange.pth;
