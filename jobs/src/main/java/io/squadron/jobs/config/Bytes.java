package io.squadron.jobs.config;

import java.io.Serializable;

/** A size in bytes, written with its unit: "64 MiB", "500 kB". */
public record Bytes(long count) implements Serializable {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    /** The shortest exact form with a binary unit. */
    @Override
    public String toString() {
        long amount = count;
        int unit = 0;
        while (amount != 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return amount + " " + UNITS[unit];
    }
}
