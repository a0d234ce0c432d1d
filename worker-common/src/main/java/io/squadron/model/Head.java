package io.squadron.model;

import io.squadron.failure.Failure;
import java.io.Serializable;
import java.util.List;

/** What stands on the pooled features of a network and gives the logits, in the place of its last dense layer. */
public sealed interface Head extends Serializable {
    /** One dense layer, as published. */
    record Linear() implements Head {
        @Override
        public List<Node> inPlaceOf(Node last, Layer.Dense dense) {
            return List.of(last);
        }
    }

    /**
     * Dense, ReLU, dropout, dense: for new classes that no straight line through the old features tells apart.
     *
     * @param units outputs of the first dense layer
     * @param drop share of them that dropout sets to zero in training
     */
    record Hidden(int units, float drop) implements Head {
        public Hidden {
            if (units < 1) {
                throw Failure.usage("Cannot make a head with %d hidden units (expected at least 1)", units);
            }
            if (!(drop >= 0 && drop < 1)) {
                throw Failure.usage("Cannot drop a share of %s in the head (expected 0 <= share < 1)", drop);
            }
        }

        @Override
        public List<Node> inPlaceOf(Node last, Layer.Dense dense) {
            String first = last.name() + ".0";
            String relu = last.name() + ".1";
            String dropout = last.name() + ".2";
            return List.of(
                    new Node(first, new Layer.Dense(dense.in(), units, true), last.inputs()),
                    new Node(relu, new Layer.Relu(), List.of(first)),
                    new Node(dropout, new Layer.Dropout(drop), List.of(relu)),
                    new Node(last.name() + ".3", new Layer.Dense(units, dense.out(), dense.bias()), List.of(dropout)));
        }
    }

    /** The published one. */
    static Head linear() {
        return new Linear();
    }

    /**
     * The nodes that stand in the place of {@code last}, the last giving what it gave. They are named as torch names the
     * members of a sequence in that place: "fc" becomes "fc.0", "fc.1", "fc.2", "fc.3".
     */
    List<Node> inPlaceOf(Node last, Layer.Dense dense);
}
