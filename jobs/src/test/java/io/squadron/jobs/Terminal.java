package io.squadron.jobs;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one command line left on the terminal. */
record Terminal(int exitCode, String out, String err) {
    static Terminal run(Jobs jobs, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(jobs, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Terminal(exitCode, out.toString(), err.toString());
    }
}
