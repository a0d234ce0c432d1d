package io.squadron.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.squadron.collective.Collective;
import io.squadron.collective.InProcess;
import io.squadron.collective.Wire;
import io.squadron.engine.BackwardOrder;
import io.squadron.model.Architectures;
import io.squadron.model.Freeze;
import io.squadron.model.ModelOptions;
import io.squadron.model.ModelSpec;
import io.squadron.model.Shape;
import io.squadron.model.Slice;
import io.squadron.replica.GradientExchange.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GradientExchangeTest {
    private final ModelSpec spec = Architectures.build("resnet18", ModelOptions.of(new Shape(3, 64, 64), 10));

    @Test
    void stretchesHoldEveryTrainedSliceOnceFromTheHeadDown() {
        for (int depth : List.of(0, 2, 5)) {
            Freeze freeze = Freeze.below(spec, depth);
            List<Stretch> stretches = GradientExchange.stretches(spec, freeze);
            List<Slice> trained = BackwardOrder.of(spec, freeze);
            assertThat(stretches.stream().mapToInt(Stretch::slices).sum())
                    .as("slices with %d stages frozen", depth)
                    .isEqualTo(trained.size());
            for (int i = 1; i < stretches.size(); i++) {
                assertThat(stretches.get(i).to())
                        .as("end of stretch %d with %d stages frozen", i, depth)
                        .isLessThanOrEqualTo(stretches.get(i - 1).from());
            }
            assertThat(trained)
                    .as("trained slices with %d stages frozen", depth)
                    .allMatch(slice -> stretches.stream()
                            .anyMatch(stretch -> stretch.from() <= slice.offset() && slice.end() <= stretch.to()));
        }
    }

    @Test
    void severalStretchesTravelBeforeTheLastSliceIsReady() {
        assertThat(GradientExchange.stretches(spec, Freeze.none()))
                .as("stretches of resnet18")
                .hasSizeGreaterThan(4);
    }

    @Test
    void sumsAreThoseOfOneBigExchange() {
        int length = spec.layout().length();
        List<Collective> ranks = InProcess.group(2, Duration.ofSeconds(30));
        List<CompletableFuture<float[]>> summed = new ArrayList<>();
        for (Collective rank : ranks) {
            summed.add(CompletableFuture.supplyAsync(() -> {
                float[] gradient = new float[length];
                for (Slice slice : BackwardOrder.of(spec, Freeze.none())) {
                    for (int i = slice.offset(); i < slice.end(); i++) {
                        gradient[i] = i % 1000 + rank.rank();
                    }
                }
                GradientExchange exchange = new GradientExchange(spec, Freeze.none(), Wire.FLOAT32);
                exchange.begin("gradient", rank, gradient);
                BackwardOrder.of(spec, Freeze.none()).forEach(exchange::ready);
                exchange.await();
                return gradient;
            }));
        }
        float[] one = summed.get(0).join();
        assertThat(summed.get(1).join()).as("gradient of rank 1").isEqualTo(one);
        for (Slice slice : BackwardOrder.of(spec, Freeze.none())) {
            int i = slice.end() - 1;
            assertThat(one[i]).as("last element of %s", slice.name()).isEqualTo(2f * (i % 1000) + 1);
        }
    }
}
