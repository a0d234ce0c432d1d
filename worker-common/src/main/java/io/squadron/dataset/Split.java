package io.squadron.dataset;

import io.squadron.failure.Failure;

/** What a sample is used for. The code is what stands in the index. */
public enum Split {
    TRAIN(0),
    /** Watched during training. */
    VALIDATION(1),
    /** Looked at once, at the end. */
    TEST(2);

    private final byte code;

    Split(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    public static Split of(byte code) {
        for (Split split : values()) {
            if (split.code == code) {
                return split;
            }
        }
        throw Failure.data("Cannot read split code %d (expected 0 to 2)", code);
    }
}
