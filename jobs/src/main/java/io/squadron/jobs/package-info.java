/**
 * The commands. {@link io.squadron.jobs.Main} parses a command line, makes a {@link
 * io.squadron.jobs.config.JobConfig} of it, hands both to {@link io.squadron.jobs.Jobs}, and turns what is thrown into a
 * message and an exit code. What the jobs do lies in {@code driver}; {@link io.squadron.jobs.ComposedJobs} puts it
 * together.
 */
package io.squadron.jobs;
