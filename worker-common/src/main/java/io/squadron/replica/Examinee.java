package io.squadron.replica;

import io.squadron.engine.Compute;
import io.squadron.engine.Inference;
import java.io.Serializable;

/** A trained model on storage that can be examined wherever it travels. */
public interface Examinee extends Serializable {
    /** Reads the weights and opens them for evaluation; the caller closes it. */
    Inference open(Compute compute);
}
