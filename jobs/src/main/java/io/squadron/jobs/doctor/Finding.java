package io.squadron.jobs.doctor;

/**
 * What one check saw.
 *
 * @param check what was looked at, in a word or two
 * @param remedy what to do about it; empty where nothing need be done
 */
public record Finding(String check, String found, Verdict verdict, String remedy) {
    static Finding ok(String check, String found) {
        return new Finding(check, found, Verdict.OK, "");
    }

    static Finding warn(String check, String found, String remedy) {
        return new Finding(check, found, Verdict.WARN, remedy);
    }

    static Finding fail(String check, String found, String remedy) {
        return new Finding(check, found, Verdict.FAIL, remedy);
    }
}
