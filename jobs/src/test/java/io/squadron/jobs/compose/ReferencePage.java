package io.squadron.jobs.compose;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/reference.md, made of the comments and defaults of conf/reference.conf: a heading a section, a row a key. */
record ReferencePage(Config reference) {
    private static final String INTRODUCTION = """
            # Reference

            Every key of [conf/reference.conf](../conf/reference.conf), its default and what it means; how to set one stands in
            [configuration.md](configuration.md). **On resume**: `train --resume` lets *free* ones differ from what the run began
            with, all others have to stay. This page is made from the file, so change that, then:

                %s

            Sections: %s.

            All keys lie below `squadron`.
            """;

    static final String RENEWAL = "./mvnw -q -pl jobs -am test -Dtest=ReferencePageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsquadron.renew=true";

    static ReferencePage of(Path file) {
        return new ReferencePage(ConfigFactory.parseFile(file.toFile()).getConfig("squadron"));
    }

    String markdown() {
        String sections = inOrder(reference.root())
                .filter(entry -> entry.getValue() instanceof ConfigObject)
                .map(entry -> "[%s](#%s)".formatted(entry.getKey(), entry.getKey()))
                .collect(Collectors.joining(", "));
        return INTRODUCTION.formatted(RENEWAL, wrapped(sections))
                + table("", reference.root())
                + below("", reference.root());
    }

    private static String below(String path, ConfigObject section) {
        return inOrder(section)
                .filter(entry -> entry.getValue() instanceof ConfigObject)
                .map(entry -> section(path + entry.getKey(), (ConfigObject) entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String section(String path, ConfigObject section) {
        return "\n## %s\n\n%s\n".formatted(path, comment(section))
                + table(path + ".", section)
                + below(path + ".", section);
    }

    private static String table(String prefix, ConfigObject section) {
        return inOrder(section)
                .filter(entry -> !(entry.getValue() instanceof ConfigObject))
                .map(entry -> row(prefix + entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        "\n", "\n| key | default | on resume | what it means |\n|---|---|---|---|\n", "\n"));
    }

    private static String row(String key, ConfigValue value) {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(
                        key,
                        value.render(ConfigRenderOptions.concise()),
                        ResumeCheck.mayChange("squadron." + key) ? "free" : "",
                        comment(value));
    }

    private static String comment(ConfigValue value) {
        return value.origin().comments().stream()
                .map(String::strip)
                .collect(Collectors.joining(" "))
                .replaceAll("([|*<])", "\\\\$1");
    }

    /** In the order of the file, which the parser forgets but for the numbers of lines. */
    private static Stream<Map.Entry<String, ConfigValue>> inOrder(ConfigObject section) {
        List<Map.Entry<String, ConfigValue>> entries = List.copyOf(section.entrySet());
        return entries.stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().origin().lineNumber()));
    }

    private static String wrapped(String sentence) {
        return sentence.replaceAll("(.{90,}?), ", "$1,\n");
    }
}
