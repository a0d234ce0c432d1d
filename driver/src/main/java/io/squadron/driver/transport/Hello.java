package io.squadron.driver.transport;

import java.util.Optional;

/**
 * The first message on each connection.
 *
 * @param version of the protocol; everything after it may change with the version
 */
record Hello(int version, Membership member, Lane lane) {
    static final int VERSION = 1;

    /** Why a listener that is {@code own} does not want to talk with the sender. */
    Optional<String> objection(Membership own, Port port) {
        if (version != VERSION) {
            return Optional.of("it speaks protocol version %d (expected %d)".formatted(version, VERSION));
        }
        if (!member.run().equals(own.run())) {
            return Optional.of("it is of run '%s' (expected '%s')".formatted(member.run(), own.run()));
        }
        if (!member.attempt().equals(own.attempt())) {
            return Optional.of("it is of attempt '%s' (expected '%s')".formatted(member.attempt(), own.attempt()));
        }
        if (member.size() != own.size() || member.rank() <= own.rank()) {
            return Optional.of("it is rank %d of %d (expected a rank above %d of %d)"
                    .formatted(member.rank(), member.size(), own.rank(), own.size()));
        }
        return port.lanes().contains(lane) ? Optional.empty() : Optional.of("it wants the lane " + lane);
    }
}
