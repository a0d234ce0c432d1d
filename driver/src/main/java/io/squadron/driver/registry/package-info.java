/**
 * What a scheduled training leaves behind and decides by: the lease that keeps two nights apart, the records that each stage
 * of a night commits, the comparison of challenger and champion, the pointer to the promoted model. Knows no Spark, and time
 * only as it is given.
 */
package io.squadron.driver.registry;
