/**
 * Networks as Deeplearning4j zips of stock layers alone, which load where none of our classes are: {@link
 * io.squadron.exchange.dl4j.PlainGraphFile} writes the file. For use, not for training on: {@link io.squadron.engine.dl4j} trains.
 */
package io.squadron.exchange.dl4j;
