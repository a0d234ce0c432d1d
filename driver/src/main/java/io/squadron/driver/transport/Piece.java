package io.squadron.driver.transport;

/** The name of a piece of a long vector on the bulk lane. */
record Piece(Turn turn, Kind kind, int index) {
    enum Kind {
        /** Values of the sender, to be summed by the receiver. */
        PART,
        /** Values that are final. */
        RESULT
    }
}
