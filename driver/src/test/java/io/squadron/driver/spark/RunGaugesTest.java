package io.squadron.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.driver.training.RankTiming;
import io.squadron.driver.training.TrainingEvent;
import io.squadron.engine.StepResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class RunGaugesTest {
    @Test
    void sparksOwnPrometheusServletShowsTheRun() throws IOException, InterruptedException {
        LocalSpark.stop(); // one Spark at a time in a JVM
        SparkConf conf = new SparkConf()
                .setMaster("local[1]")
                .setAppName("gauges")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "true")
                .set("spark.ui.port", "0")
                .set("spark.plugins", SquadronPlugin.class.getName())
                .set("spark.metrics.namespace", "squadron")
                .set(
                        "spark.metrics.conf.driver.sink.prometheusServlet.class",
                        "org.apache.spark.metrics.sink.PrometheusServlet")
                .set("spark.metrics.conf.driver.sink.prometheusServlet.path", "/metrics/prometheus");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            assertThat(page(spark)).as("before the run").contains(gauge("imagesPerSecond") + "NaN");
            new RunGauges()
                    .on(new TrainingEvent.RoundEnded(
                            2,
                            4,
                            6,
                            2,
                            new StepResult(6, 2, 8),
                            0.2,
                            0.1,
                            2,
                            List.of(new RankTiming(0, 0, 1, 0, 0.25), new RankTiming(1, 0, 1, 0, 0.75))));

            assertThat(page(spark))
                    .as("after a round")
                    .contains(gauge("imagesPerSecond") + "4.0", gauge("round") + "2.0", gauge("epoch") + "3.0")
                    .contains(gauge("loss") + "0.75", gauge("step") + "6.0")
                    .contains(gauge("rank_1_gradientWaitSeconds") + "0.75");
        }
    }

    private static String gauge(String name) {
        return "metrics_squadron_driver_plugin_io_squadron_driver_spark_SquadronPlugin_" + name
                + "_Value{type=\"gauges\"} ";
    }

    private static String page(JavaSparkContext spark) throws IOException, InterruptedException {
        URI servlet = URI.create(spark.sc().uiWebUrl().get() + "/metrics/prometheus/");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(servlet).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("status of %s", servlet).isEqualTo(200);
        return answer.body();
    }
}
