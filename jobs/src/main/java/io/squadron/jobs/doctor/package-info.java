/**
 * Looks at the machine before a job does. Each {@link io.squadron.jobs.doctor.Check} is a pure judgement of facts that
 * {@link io.squadron.jobs.doctor.Machine} collected; {@link io.squadron.jobs.doctor.Diagnosis} is all findings in a
 * table, each with its remedy.
 */
package io.squadron.jobs.doctor;
