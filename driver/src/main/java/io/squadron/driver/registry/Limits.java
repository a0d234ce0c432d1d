package io.squadron.driver.registry;

/**
 * What a challenger has to keep to.
 *
 * @param margin by how much its accuracy may be lower, with 95% confidence; 0: it has to be better beyond doubt
 * @param classFall by how much its share of right answers may be lower on any one class
 */
public record Limits(double margin, double classFall) {}
