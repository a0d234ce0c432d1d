package io.squadron.jobs.config;

import java.io.Serializable;

/** A model looks at images. */
public record PredictConfig(String format, String imageColumn, int top, Bytes pieceSize)
        implements Checked, Serializable {
    @Override
    public void check(Checks checks) {
        checks.that(!format.isBlank(), "format", "auto, images, or a format that Spark reads");
        checks.atLeast("top", top, 1);
        checks.atLeast("piece-size", pieceSize.count(), 1 << 16);
    }
}
