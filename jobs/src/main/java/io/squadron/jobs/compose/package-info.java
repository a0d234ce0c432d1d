/**
 * The jobs, put together: each class here takes a checked configuration and connects the rooms that do the work. No
 * arithmetic and no decisions of its own; those have rooms elsewhere.
 */
package io.squadron.jobs.compose;
