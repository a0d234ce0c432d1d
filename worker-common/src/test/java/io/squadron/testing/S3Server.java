package io.squadron.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real S3 server, s3proxy, in a process of its own, with the bucket {@code data} in a folder. Only where a build with {@code -Ps3}
 * names its libraries.
 */
public final class S3Server implements AutoCloseable {
    /** Names the file that holds its class path. */
    public static final String CLASS_PATH = "s3proxy.classpath";

    public static final String SECRET = "a-secret-that-nobody-may-print";

    private static final String IDENTITY = "an-identity";
    private static final long PATIENCE_SECONDS = 90;
    /** Without one it tells every turn of its threads. */
    private static final String LOGGING = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %logger %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final Process process;
    private final Path folder;
    private final int port;

    private S3Server(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one that keeps all its files in {@code folder}, and waits until it answers. */
    public static S3Server start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path settings = folder.resolve("s3proxy.properties");
        Files.createDirectories(folder.resolve("buckets/data"));
        Files.writeString(
                settings,
                String.join(
                        "\n",
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + IDENTITY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem",
                        "jclouds.filesystem.basedir=" + folder.resolve("buckets")));
        Path logging = Files.writeString(folder.resolve("logback.xml"), LOGGING);
        String classPath =
                Files.readString(Path.of(System.getProperty(CLASS_PATH))).strip();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Dlogback.configurationFile=" + logging,
                        "-cp",
                        classPath,
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        S3Server server = new S3Server(process, folder, port);
        server.await();
        return server;
    }

    public int port() {
        return port;
    }

    /** The folder that holds the objects of the bucket, each in a file of its key's name. */
    public Path bucket() {
        return folder.resolve("buckets/data");
    }

    /** What a Hadoop client has to know to reach it, or what stands before it at {@code door}. */
    public static Map<String, String> settings(int door) {
        return Map.of(
                "fs.s3a.endpoint", "http://127.0.0.1:" + door,
                "fs.s3a.path.style.access", "true",
                "fs.s3a.connection.ssl.enabled", "false",
                "fs.s3a.access.key", IDENTITY,
                "fs.s3a.secret.key", SECRET,
                "fs.s3a.bucket.probe", "0",
                // The server takes ten seconds to refuse to delete a directory that is not empty.
                "fs.s3a.directory.marker.retention", "keep",
                "fs.s3a.retry.interval", "50ms",
                "fs.s3a.attempts.maximum", "5");
    }

    private void await() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
                    .as("ended; it printed %s", folder.resolve("s3proxy.log"))
                    .isFalse();
            assertThat(System.nanoTime()).as("time until it answers").isLessThan(deadline);
        }
    }

    private boolean answers() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    != HttpURLConnection.HTTP_UNAVAILABLE;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
