package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/failures.md to the messages in the sources. */
class FailuresPageTest {
    private static final Pattern HEADING = Pattern.compile("## Exit code (\\d+).*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A message as the page shows it, below the heading of an exit code. */
    record Shown(int exitCode, String head) {
        boolean begins(SourceMessages.Message message) {
            return message.kind().exitCode() == exitCode && message.text().startsWith(head);
        }
    }

    @Test
    void everyMessageShownIsOneOfTheProgramAndEndsWithThatCode() throws IOException {
        List<SourceMessages.Message> messages = SourceMessages.all();
        assertThat(messages).as("messages in the sources").hasSizeGreaterThan(300);
        List<Shown> unknown = shown().stream()
                .filter(each -> messages.stream().noneMatch(each::begins))
                .toList();
        assertThat(unknown)
                .as("messages in docs/failures.md that the sources lack, or that end with another exit code")
                .isEmpty();
    }

    @Test
    void everyKindOfFailureHasItsPart() throws IOException {
        Set<Integer> described = new TreeSet<>();
        shown().forEach(each -> described.add(each.exitCode()));
        assertThat(described)
                .as("exit codes with messages")
                .containsExactlyElementsOf(Stream.of(Failure.Kind.values())
                        .map(Failure.Kind::exitCode)
                        .sorted()
                        .toList());
    }

    /** What stands in the first column of the tables. */
    private static List<Shown> shown() throws IOException {
        List<Shown> shown = new ArrayList<>();
        int exitCode = 0;
        for (String line : Files.readAllLines(Document.HOME.resolve("docs/failures.md"))) {
            Matcher heading = HEADING.matcher(line);
            if (line.startsWith("## ")) {
                exitCode = heading.matches() ? Integer.parseInt(heading.group(1)) : 0;
            } else if (exitCode > 0 && line.startsWith("| ")) {
                int code = exitCode;
                CODE.matcher(line.split(" \\| ", 2)[0])
                        .results()
                        .forEach(head -> shown.add(new Shown(code, head.group(1))));
            }
        }
        return shown;
    }
}
