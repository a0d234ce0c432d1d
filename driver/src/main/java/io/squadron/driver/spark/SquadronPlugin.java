package io.squadron.driver.spark;

import java.util.List;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The way from executors to the driver while a round runs ({@code spark.plugins}): progress and times of each rank, and the
 * addresses under which ranks find each other; and the gauges of {@link RunGauges}. Without it rounds run as well, a second slower each, and silent.
 */
public final class SquadronPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public void registerMetrics(String application, PluginContext context) {
                RunGauges.register(context.metricRegistry());
            }

            @Override
            public Object receive(Object message) {
                if (message instanceof News.Progress news) {
                    Observers.of(news.run()).ifPresent(each -> each.told(news.progress()));
                } else if (message instanceof News.Began news) {
                    Observers.of(news.run()).ifPresent(each -> each.told(news.start(), news.place()));
                } else if (message instanceof News.Present present) {
                    return Rolls.answer(present);
                }
                return List.of();
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new Link.Opener();
    }
}
