package io.squadron.jobs.doctor;

/** The verbs that a run directory must bear. URIs name whole paths; each verb fails with an exception that says why. */
public interface StorageProbe {
    /** Writes a small file, with the directories above it. */
    void write(String uri, byte[] content);

    /** Renames a file within its directory. */
    void rename(String from, String to);

    byte[] read(String uri);

    /** Deletes a file or a directory with all that lies in it; what is not there is no error. */
    void delete(String uri);
}
