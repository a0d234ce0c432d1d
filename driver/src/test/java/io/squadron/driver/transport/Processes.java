package io.squadron.driver.transport;

import io.squadron.collective.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.network.sasl.SecretKeyHolder;

/** Other processes with the class path of this one, and how they are told their settings. */
final class Processes {
    private Processes() {}

    static ProcessBuilder java(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx1g",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    static List<String> with(String first, String... others) {
        return Stream.concat(Stream.of(first), Stream.of(others)).toList();
    }

    /** Of words like {@code spark.authenticate=true}, {@code secret=...} and {@code wire=BFLOAT16}. */
    static TransportSettings settings(String[] words, Duration deadline) {
        Map<String, String> given = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                given.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        Authentication authentication = given.containsKey("secret")
                ? new Authentication.Secret("application", secret(given.get("secret")))
                : new Authentication.None();
        Wire wire = Wire.valueOf(given.getOrDefault("wire", "FLOAT32"));
        return new TransportSettings("127.0.0.1", deadline, wire, given, authentication);
    }

    /** One secret for all applications. */
    static SecretKeyHolder secret(String secret) {
        return new SecretKeyHolder() {
            @Override
            public String getSaslUser(String application) {
                return "squadron";
            }

            @Override
            public String getSecretKey(String application) {
                return secret;
            }
        };
    }
}
