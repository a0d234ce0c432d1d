/**
 * Which learning rate each step has, and which steps make a round: pure values and functions of the configuration, the
 * size of the dataset and the position. What {@code train --dry-run} prints comes from here, and so does what runs.
 */
package io.squadron.driver.schedule;
