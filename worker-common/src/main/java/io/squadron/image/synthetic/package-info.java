/**
 * Labelled images out of nothing: {@link io.squadron.image.synthetic.Scenes} draws a shape on a ground among clutter, under a
 * {@link io.squadron.image.synthetic.Domain} of light. A picture is a pure function of (seed, domain, class, number); everything is
 * computed from distances to outlines, without the windowing toolkit. {@link io.squadron.image.synthetic.Synthesize} writes them
 * as class folders.
 */
package io.squadron.image.synthetic;
