/**
 * Networks as ONNX files, for runtimes without Java or Spark. {@link io.squadron.exchange.onnx.OnnxModel} writes the whole
 * file, with the message classes that ND4J brings; the graph says what is computed in operators of opset 13.
 */
package io.squadron.exchange.onnx;
