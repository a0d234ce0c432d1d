package io.squadron.jobs.doctor;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether the packages of the JDK that Spark, Kryo and Arrow reach into are open to them.
 *
 * @param open answers for one "module/package"
 */
record OpensCheck(Predicate<String> open) implements Check {
    /** The same list as {@code jvm.opens} of the build and of the launcher. */
    static final List<String> REQUIRED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    @Override
    public Finding examine() {
        List<String> closed = REQUIRED.stream().filter(name -> !open.test(name)).toList();
        if (closed.isEmpty()) {
            return Finding.ok("add-opens", "all " + REQUIRED.size() + " packages");
        }
        String options = closed.stream()
                .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
                .collect(Collectors.joining(" "));
        return Finding.fail(
                "add-opens",
                closed.size() + " of " + REQUIRED.size() + " packages closed",
                "Start with ./squadron or spark-submit, or give java " + options);
    }
}
