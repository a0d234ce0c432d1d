package io.squadron.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.squadron.jobs.config.ConfigSource;
import io.squadron.jobs.config.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the documents to the program: what they show can be typed, what they link to exists, what they name is known. */
class DocumentationTest {
    /** {@code ./squadron COMMAND ...} or the same through a script of deploy/, up to a comment. */
    private static final Pattern COMMAND =
            Pattern.compile("^(?:\\$ )?(?:\\./squadron|deploy/standalone\\.sh spark://\\S+) (.*?)(?:\\s+#.*)?$");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern QUALIFIED_KEY =
            Pattern.compile("(?<![\\w./-])squadron\\.(?!(?:json|jar)\\b)([a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)*)");
    private static final Pattern SETTING = Pattern.compile("--set '?(?:squadron\\.)?([a-z][a-z0-9.-]*)=");
    private static final Pattern INLINE_KEY = Pattern.compile("`([a-z]+\\.[a-z0-9-]+)`");
    private static final Pattern FILE_NAME = Pattern.compile(".*\\.(html|json|jsonl|md|conf|java|safetensors)");

    private static final Config REFERENCE = ConfigFactory.parseFile(
                    Document.HOME.resolve("conf/reference.conf").toFile())
            .getConfig("squadron");

    static List<Document> documents() {
        return Document.all();
    }

    /** A line that can be typed, and the page it stands on. */
    record Shown(Document document, String line) {
        @Override
        public String toString() {
            return document + ": " + line;
        }
    }

    static Stream<Shown> commands() {
        return documents().stream()
                .flatMap(document -> document.code().stream()
                        .filter(line -> COMMAND.matcher(line).matches())
                        .map(line -> new Shown(document, line)));
    }

    @Test
    void theDocumentsAreFound() {
        assertThat(documents().stream().map(Document::toString))
                .as("pages below %s", Document.HOME)
                .contains("README.md", "docs/architecture.md", "docs/results/golden.md", "deploy/README.md");
        assertThat(commands().count()).as("commands shown").isGreaterThan(5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void everyCommandShownCanBeTyped(Shown shown) {
        List<String> arguments = arguments(shown.line());
        assertThat(arguments)
                .as("Hadoop takes no relative file: URI, in %s", shown)
                .noneMatch(argument -> argument.matches("file:[^/].*"));
        RecordingJobs jobs = new RecordingJobs();
        if (arguments.get(0).equals("doctor")) { // runs in this process, and judges this machine
            assertThat(Main.commandLine(jobs)
                            .parseArgs(arguments.toArray(String[]::new))
                            .errors())
                    .as("errors of %s", shown)
                    .isEmpty();
            return;
        }
        Terminal terminal = Terminal.run(jobs, arguments.toArray(String[]::new));
        assertThat(terminal.exitCode())
                .as("exit code of %s; it said %s", shown, terminal.err())
                .isZero();
    }

    /** The arguments of the job: without what belongs to Spark, with files where they lie. */
    private static List<String> arguments(String line) {
        Matcher command = COMMAND.matcher(line);
        assertThat(command.matches()).as(line).isTrue();
        List<String> words = new ArrayList<>();
        WORD.matcher(command.group(1))
                .results()
                .map(word -> Stream.of(1, 2, 3)
                        .map(word::group)
                        .filter(text -> text != null)
                        .findFirst()
                        .orElseThrow())
                .forEach(words::add);
        if (words.get(0).equals("--spark")) {
            words.subList(0, 2).clear();
        }
        int config = words.indexOf("--config");
        if (config >= 0) {
            words.set(config + 1, Document.HOME.resolve(words.get(config + 1)).toString());
        }
        int labels = words.indexOf("--labels");
        if (labels >= 0) {
            words.set(labels + 1, Document.HOME.resolve("README.md").toString()); // any text will do: a name a line
        }
        return words;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Document document) {
        for (String link : document.links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document.path()
                    : document.path().resolveSibling(parts[0]).normalize();
            assertThat(Files.exists(target))
                    .as("%s links to %s", document, link)
                    .isTrue();
            if (parts.length == 2) {
                Document page = documents().stream()
                        .filter(each -> each.path().equals(target))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("%s links into %s".formatted(document, link)));
                assertThat(page.anchors()).as("%s links to %s", document, link).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyKeyNamedIsInReferenceConf(Document document) {
        List<String> unknown = document.lines()
                .filter(line -> !line.contains("is no known key")) // what the program says of a misspelt one
                .flatMap(DocumentationTest::keys)
                .filter(key -> !REFERENCE.hasPath(key))
                .toList();
        assertThat(unknown).as("keys in %s that reference.conf lacks", document).isEmpty();
    }

    private static Stream<String> keys(String line) {
        Stream<String> named = Stream.of(QUALIFIED_KEY, SETTING)
                .flatMap(pattern -> pattern.matcher(line).results().map(match -> match.group(1)));
        Stream<String> inline = INLINE_KEY
                .matcher(line)
                .results()
                .map(match -> match.group(1))
                .filter(key -> !FILE_NAME.matcher(key).matches())
                .filter(key -> REFERENCE.hasPath(key.substring(0, key.indexOf('.'))));
        return Stream.concat(named, inline);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyConfigurationShownCanBeLoaded(Document document) {
        for (String block : String.join("\n", document.code()).split("\n\n+")) {
            if (block.startsWith("squadron {")) {
                JobConfig config = JobConfig.load(List.of(new ConfigSource.Text(document.toString(), block)));
                assertThat(config.resolved())
                        .as("configuration of %s", document)
                        .isNotEmpty();
            }
        }
    }
}
