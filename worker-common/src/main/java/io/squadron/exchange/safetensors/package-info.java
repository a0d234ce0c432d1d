/**
 * Safetensors: eight bytes that tell the length of a JSON header (little endian), the header with name, type, shape and byte
 * range of each tensor, then the bytes. <a href="https://huggingface.co/docs/safetensors">huggingface.co/docs/safetensors</a>.
 * What is written here is read strictly by everybody; what is read here is checked as strictly: the ranges must cover the data
 * exactly, without a gap and without an overlap.
 */
package io.squadron.exchange.safetensors;
