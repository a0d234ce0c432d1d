package io.squadron.driver.checkpoint;

import io.squadron.failure.Failure;
import io.squadron.replica.SavedPart;
import io.squadron.storage.Checksum;
import io.squadron.storage.Storage;
import java.io.IOException;
import java.security.DigestInputStream;

/** Holds a part on storage against what the manifest says of it. */
final class PartCheck {
    private PartCheck() {}

    static void require(Storage storage, String where, SavedPart part) {
        if (!storage.exists(where)) {
            throw Failure.state("Cannot use %s: it is missing", where);
        }
        long bytes = storage.length(where);
        if (bytes != part.bytes()) {
            throw Failure.state("Cannot use %s: it has %d bytes (expected %d)", where, bytes, part.bytes());
        }
        String found = digest(storage, where);
        if (!found.equals(part.sha256())) {
            throw Failure.state(
                    "Cannot use %s: its SHA-256 is %s (expected %s). It is damaged", where, found, part.sha256());
        }
    }

    private static String digest(Storage storage, String where) {
        try (DigestInputStream in = new DigestInputStream(storage.open(where), Checksum.digest())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return Checksum.hex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw Failure.state("Cannot use %s: reading it failed (%s)", where, e.getMessage())
                    .causedBy(e);
        }
    }
}
