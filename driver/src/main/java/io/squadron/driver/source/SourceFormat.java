package io.squadron.driver.source;

/** How images lie in a source. */
public enum SourceFormat {
    /** Whatever the names of the files say. */
    AUTO,
    /** A folder for each class, perhaps below train, validation and test. */
    FOLDERS,
    /** The files of the MNIST family. */
    IDX,
    /** A table of paths and labels as text, with a line of column names. */
    CSV,
    /** A table of paths and labels, one JSON object a line. */
    JSONL,
    /** Images and labels in columns. */
    PARQUET,
    /** Tars in which an image and its label share their name up to the first dot. */
    WEBDATASET
}
