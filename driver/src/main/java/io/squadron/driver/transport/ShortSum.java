package io.squadron.driver.transport;

import io.squadron.collective.Call;
import io.squadron.collective.Wire;
import java.util.Arrays;

/** A sum of vectors that travel inside the offers: each rank adds for itself. */
record ShortSum(float[] values, int offset, Wire wire) implements Work {
    static Offer offer(Call call, float[] values, int offset, Wire wire) {
        float[] mine = Arrays.copyOfRange(values, offset, offset + call.length());
        wire.round(mine, 0, mine.length);
        return new Offer(call, mine, Offer.NO_DOUBLES);
    }

    @Override
    public void assembled(Running running, Offer[] offers) {
        Sums.Part[] parts = new Sums.Part[offers.length];
        for (int rank = 0; rank < offers.length; rank++) {
            parts[rank] = new Sums.Part(offers[rank].floats(), 0);
        }
        Sums.add(parts, running.call().length(), wire, new Sums.Part(values, offset));
        running.finish();
    }
}
