package io.squadron.jobs.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whether the clock can be true: Kerberos, S3 and TLS refuse a machine that is wrong by minutes.
 *
 * @param now of this machine
 * @param release when this version was made: no true clock shows an earlier time
 */
record ClockCheck(Instant now, Instant release) implements Check {
    private static final Duration LONGEST_USE = Duration.ofDays(365 * 20);

    @Override
    public Finding examine() {
        boolean sane = now.isAfter(release) && now.isBefore(release.plus(LONGEST_USE));
        return sane
                ? Finding.ok("clock", now.truncatedTo(ChronoUnit.SECONDS).toString())
                : Finding.fail("clock", now + ", but this version is of " + release, "Set the clock (NTP, chrony)");
    }
}
