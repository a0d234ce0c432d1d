package io.squadron.driver.transport;

import io.squadron.collective.Call;
import java.util.Arrays;

/** A broadcast whose values travel inside the offer of the root. */
record ShortBroadcast(float[] values, int offset) implements Work {
    static Offer offer(Call call, int rank, float[] values, int offset) {
        float[] mine =
                rank == call.root() ? Arrays.copyOfRange(values, offset, offset + call.length()) : Offer.NO_FLOATS;
        return new Offer(call, mine, Offer.NO_DOUBLES);
    }

    @Override
    public void assembled(Running running, Offer[] offers) {
        Call call = running.call();
        System.arraycopy(offers[call.root()].floats(), 0, values, offset, call.length());
        running.finish();
    }
}
