package io.squadron.dataset;

import java.io.Serializable;

/** What travels to an executor so that it can open the samples there. */
public interface SampleSourceFactory extends Serializable {
    SampleSource open();
}
