package io.squadron.jobs.config;

import java.io.Serializable;

/** What the report shows, and what is written beside it. */
public record ReportConfig(
        boolean tensorboard, String title, int examples, Embedding embedding, int embeddingSamples, boolean saliency)
        implements Checked, Serializable {
    /** How samples come onto a plane. */
    public enum Embedding {
        NONE,
        PCA,
        TSNE
    }

    @Override
    public void check(Checks checks) {
        checks.atLeast("examples", examples, 0);
        checks.within("embedding-samples", embeddingSamples, 1, 2000);
    }
}
