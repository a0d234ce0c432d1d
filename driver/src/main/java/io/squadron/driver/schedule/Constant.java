package io.squadron.driver.schedule;

/** The same learning rate at every step. */
public record Constant(double rate) implements Schedule {
    public Constant {
        Schedule.requireRate("learning rate", rate);
    }

    @Override
    public double at(long step) {
        return rate;
    }
}
