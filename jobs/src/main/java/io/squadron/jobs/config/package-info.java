/**
 * The typed configuration. conf/reference.conf holds every key, its default and its comment; the records here hold the
 * types and, in their {@code check} methods, what fits together. {@link io.squadron.jobs.config.JobConfig#load} puts
 * reference.conf, files and settings over each other, binds them by name, and reports everything that is wrong at once.
 */
package io.squadron.jobs.config;
