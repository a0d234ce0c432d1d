package io.squadron.model;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/** What dropout does to a network below its head: as published, or by a share that somebody chose. */
public sealed interface Dropout extends Serializable {
    String PUBLISHED = "published";

    /** The layers and shares of the architecture: half of the dense layers of AlexNet and VGG, nothing of a ResNet. */
    record Published() implements Dropout {
        @Override
        public ModelSpec in(ModelSpec published) {
            return published;
        }

        @Override
        public String toString() {
            return PUBLISHED;
        }
    }

    /**
     * One share for every dropout of the architecture; where it has none, for one on what enters the last dense layer, under
     * the name "dropout".
     *
     * @param drop at least 0 and below 1; 0: nothing is dropped
     */
    record Share(float drop) implements Dropout {
        public Share {
            if (!(drop >= 0 && drop < 1)) {
                throw Failure.usage(
                        "Cannot drop a share of %s (expected %s, or at least 0 and below 1)", drop, PUBLISHED);
            }
        }

        @Override
        public ModelSpec in(ModelSpec published) {
            boolean there = published.leadingTo(published.output().name()).stream()
                    .anyMatch(node -> node.layer() instanceof Layer.Dropout);
            return there ? published.mapped(this::changed) : drop == 0 ? published : published.withLast(this::before);
        }

        private Node changed(Node node) {
            return node.layer() instanceof Layer.Dropout
                    ? new Node(node.name(), new Layer.Dropout(drop), node.inputs())
                    : node;
        }

        private List<Node> before(Node last) {
            String name = "dropout";
            return List.of(
                    new Node(name, new Layer.Dropout(drop), last.inputs()),
                    new Node(last.name(), last.layer(), List.of(name)));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s", drop);
        }
    }

    static Dropout published() {
        return new Published();
    }

    /** "published", or a share such as "0.2"; comes back by {@code toString}. */
    static Dropout parse(String text) {
        if (text.equals(PUBLISHED)) {
            return published();
        }
        try {
            return new Share(Float.parseFloat(text));
        } catch (NumberFormatException e) {
            throw Failure.usage(
                            "Cannot take '%s' for a dropout (expected %s, or at least 0 and below 1)", text, PUBLISHED)
                    .causedBy(e);
        }
    }

    /** {@code published} with its dropouts so; no name, shape or parameter changes. */
    ModelSpec in(ModelSpec published);
}
