/** What the driver decides: schedules and plans, rounds, checkpoints, evaluation, reports. */
package io.squadron.driver;
