package io.squadron.image;

/** What is seen where nothing was. */
public enum Edge {
    /** What really lies there, as long as the picture reaches beyond its crop; then the nearest pixel of the picture. */
    REPEAT,
    /** Black beyond the crop. */
    BLACK;

    /** The rule for two moves that are made as one: black as soon as one of them asks for it. */
    Edge and(Edge other) {
        return this == BLACK ? BLACK : other;
    }
}
