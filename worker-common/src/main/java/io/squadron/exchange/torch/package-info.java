/**
 * Files of torch.save, read without Python. They are pickles, programs for a small stack machine, that may call anything:
 * {@link io.squadron.exchange.torch.Pickle} runs only what building dictionaries of tensors takes, and refuses the file at the
 * first other name. Nothing is ever instantiated by a name out of a file. Both forms: the zip archive of torch 1.6 and later, and the
 * older one of five pickles with raw storages behind them.
 */
package io.squadron.exchange.torch;
