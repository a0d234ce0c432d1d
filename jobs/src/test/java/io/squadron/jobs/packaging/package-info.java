/** What is true only of the packaged whole: the script, the fat jar and the embedded Spark, tried as a person would. */
package io.squadron.jobs.packaging;
