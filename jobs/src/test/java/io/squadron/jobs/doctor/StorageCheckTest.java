package io.squadron.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {
    @TempDir
    Path directory;

    @Test
    void aGoodDiskIsLeftAsItWas() throws Exception {
        Finding finding = examine(new LocalStorageProbe());

        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.OK);
        assertThat(left()).as("files left").isZero();
    }

    @Test
    void theVerbThatFailsIsNamedAndTheProbeClearedAway() throws Exception {
        Finding finding = examine(new Faulty() {
            @Override
            public void rename(String from, String to) {
                throw new IllegalStateException("rename is not atomic here");
            }
        });

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.FAIL);
        assertThat(finding.found()).as("found").contains("cannot rename beside", "not atomic here");
        assertThat(left()).as("files left").isZero();
    }

    @Test
    void bytesThatComeBackChangedFail() {
        Finding finding = examine(new Faulty() {
            @Override
            public byte[] read(String uri) {
                return new byte[3];
            }
        });

        assertThat(finding.found()).as("found").contains("cannot read back", "3 bytes came back, not the 8 written");
    }

    @Test
    void whatCannotBeDeletedIsNamed() {
        Finding finding = examine(new Faulty() {
            @Override
            public void delete(String uri) {
                throw new IllegalStateException("read-only");
            }
        });

        assertThat(finding.found()).as("found").contains("cannot delete", "read-only");
    }

    @Test
    void aPlaceThatCannotBeWrittenFails() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        Finding finding = new StorageCheck(new LocalStorageProbe(), file + "/run", "1").examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.FAIL);
        assertThat(finding.found()).as("found").contains("cannot write");
    }

    @Test
    void anUnknownFileSystemFailsRatherThanPasses() {
        Finding finding = new StorageCheck(new LocalStorageProbe(), "hdfs://name/run", "1").examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.FAIL);
    }

    @Test
    void noRunIsAskedFor() {
        Finding finding = new StorageCheck(new LocalStorageProbe(), "", "1").examine();

        assertThat(finding.verdict()).as("verdict").isEqualTo(Verdict.WARN);
        assertThat(finding.remedy()).as("remedy").contains("doctor --run URI");
    }

    private Finding examine(StorageProbe probe) {
        return new StorageCheck(probe, directory.resolve("run").toUri() + "/", "1").examine();
    }

    private long left() throws Exception {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }

    /** The local disk with one verb broken. */
    private static class Faulty implements StorageProbe {
        private final StorageProbe disk = new LocalStorageProbe();

        @Override
        public void write(String uri, byte[] content) {
            disk.write(uri, content);
        }

        @Override
        public void rename(String from, String to) {
            disk.rename(from, to);
        }

        @Override
        public byte[] read(String uri) {
            return disk.read(uri);
        }

        @Override
        public void delete(String uri) {
            disk.delete(uri);
        }
    }
}
