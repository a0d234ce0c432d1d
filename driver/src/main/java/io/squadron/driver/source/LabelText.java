package io.squadron.driver.source;

import io.squadron.dataset.Split;
import java.util.Optional;

/** What a source says about an image beside its pixels. */
record LabelText(String label, Optional<Split> split) {}
