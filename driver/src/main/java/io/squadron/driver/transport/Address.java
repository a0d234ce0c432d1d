package io.squadron.driver.transport;

import io.squadron.failure.Failure;

/**
 * Where a rank listens.
 *
 * @param host name or IP address that the other ranks can reach
 * @param prompt port for short exchanges
 * @param bulk port for long vectors
 */
public record Address(String host, int prompt, int bulk) {
    /** As {@link #toString} wrote it, which is how addresses travel through a barrier. */
    public static Address parse(String text) {
        int bulk = text.lastIndexOf(':');
        int prompt = text.lastIndexOf(':', bulk - 1);
        try {
            return new Address(
                    text.substring(0, prompt),
                    Integer.parseInt(text.substring(prompt + 1, bulk)),
                    Integer.parseInt(text.substring(bulk + 1)));
        } catch (NumberFormatException | StringIndexOutOfBoundsException wrong) {
            throw Failure.replica("Cannot read the address of a replica: '%s' (expected host:port:port)", text)
                    .causedBy(wrong);
        }
    }

    int number(Port port) {
        return port == Port.PROMPT ? prompt : bulk;
    }

    @Override
    public String toString() {
        return host + ":" + prompt + ":" + bulk;
    }
}
