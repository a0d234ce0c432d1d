/**
 * Weights of keras.applications in HDF5 files: VGG16, VGG19 and ResNet50. Kernels lie there as height, width, in, out; a
 * dense layer behind a flattened picture counts channels last; colours come as blue, green, red. The file itself is parsed
 * by jhdf, which is plain Java and runs nothing of the file's.
 */
package io.squadron.exchange.keras;
