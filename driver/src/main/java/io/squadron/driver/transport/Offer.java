package io.squadron.driver.transport;

import io.squadron.collective.Call;

/**
 * A rank's word that it has come to an exchange.
 *
 * @param call what it believes the exchange is
 * @param floats its values, if the exchange is short; else empty, and they follow in pieces
 * @param doubles its values, if the exchange is a gather
 */
record Offer(Call call, float[] floats, double[] doubles) {
    static final float[] NO_FLOATS = {};
    static final double[] NO_DOUBLES = {};
}
