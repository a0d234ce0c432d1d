package io.squadron.baseline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS from zero (Nocedal and Wright 2006, algorithms 7.4 and 7.5) with backtracking until the value falls
 * enough (Armijo). Steps of non-positive curvature are not remembered, so each direction descends.
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double ENOUGH = 1e-4;
    private static final int HALVINGS = 40;

    /** A smooth function that is to be minimised. */
    interface Objective {
        int size();

        /** The value at {@code parameters}; {@code gradient} is overwritten with the gradient there. */
        double valueAndGradient(double[] parameters, double[] gradient);
    }

    /** A point with what the objective says of it. */
    private record Place(double[] point, double[] gradient, double value) {
        static Place at(Objective objective, double[] point) {
            double[] gradient = new double[point.length];
            double value = objective.valueAndGradient(point, gradient);
            return new Place(point, gradient, value);
        }
    }

    /** One remembered step: by how much the point and the gradient moved, and the inverse of their product. */
    private record Move(double[] point, double[] gradient, double inverse) {}

    private Lbfgs() {}

    /** The point at which no component of the gradient is above {@code tolerance}, or the last after so many steps. */
    static double[] minimise(Objective objective, int iterations, double tolerance) {
        Place place = Place.at(objective, new double[objective.size()]);
        Deque<Move> moves = new ArrayDeque<>();
        for (int i = 0; i < iterations && greatest(place.gradient()) > tolerance; i++) {
            Place next = search(objective, place, moves);
            if (!(next.value() < place.value())) {
                break; // float64 has no smaller value in this direction
            }
            remember(moves, difference(next.point(), place.point()), difference(next.gradient(), place.gradient()));
            place = next;
        }
        return place.point();
    }

    // The first step has no memory to tell its length: it goes at most 1 along the gradient.
    private static Place search(Objective objective, Place from, Deque<Move> moves) {
        double[] direction = direction(from.gradient(), moves);
        double slope = dot(from.gradient(), direction);
        double step = moves.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
        for (int halving = 0; halving < HALVINGS; halving++, step /= 2) {
            double[] point = from.point().clone();
            add(step, direction, point);
            Place place = Place.at(objective, point);
            if (place.value() <= from.value() + ENOUGH * step * slope) {
                return place;
            }
        }
        return from;
    }

    // The two loops: minus the gradient times the inverse Hessian that the remembered moves suggest.
    private static double[] direction(double[] gradient, Deque<Move> moves) {
        double[] direction = new double[gradient.length];
        add(-1, gradient, direction);
        double[] shares = new double[moves.size()];
        int at = moves.size();
        for (Iterator<Move> newestFirst = moves.descendingIterator(); newestFirst.hasNext(); ) {
            Move move = newestFirst.next();
            shares[--at] = move.inverse() * dot(move.point(), direction);
            add(-shares[at], move.gradient(), direction);
        }
        if (!moves.isEmpty()) {
            Move newest = moves.getLast();
            scale(direction, 1 / (newest.inverse() * dot(newest.gradient(), newest.gradient())));
        }
        for (Move move : moves) {
            double share = move.inverse() * dot(move.gradient(), direction);
            add(shares[at++] - share, move.point(), direction);
        }
        return direction;
    }

    private static void remember(Deque<Move> moves, double[] point, double[] gradient) {
        double curvature = dot(point, gradient);
        if (curvature <= 0) {
            return;
        }
        if (moves.size() == MEMORY) {
            moves.removeFirst();
        }
        moves.addLast(new Move(point, gradient, 1 / curvature));
    }

    private static void add(double factor, double[] what, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(-1, b, difference);
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double greatest(double[] values) {
        double greatest = 0;
        for (double value : values) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        return greatest;
    }
}
