/** The commands: parse, compose, exit code. */
package io.squadron.jobs;
