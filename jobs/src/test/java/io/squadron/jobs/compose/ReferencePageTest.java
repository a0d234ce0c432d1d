package io.squadron.jobs.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/reference.md to conf/reference.conf; with {@code -Dsquadron.renew=true} it writes the page instead. */
class ReferencePageTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = HOME.resolve("docs/reference.md");

    @Test
    void thePageSaysWhatTheFileSays() throws IOException {
        String made = ReferencePage.of(HOME.resolve("conf/reference.conf")).markdown();
        if (Boolean.getBoolean("squadron.renew")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference.md is stale. Renew it with: " + ReferencePage.RENEWAL)
                .isEqualTo(made);
    }

    @Test
    void keysThatChangeNumbersAreNotFree() {
        String made = ReferencePage.of(HOME.resolve("conf/reference.conf")).markdown();
        assertThat(made)
                .contains("| `seed` | `1` |  | Everything random")
                .contains("| `training.threads` | `1` | free | Cores");
    }
}
