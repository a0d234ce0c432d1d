package io.squadron.diagnosis;

import java.util.Arrays;
import java.util.Comparator;

/** Eigenvectors of small symmetric matrices by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5). */
final class Jacobi {
    private static final int SWEEPS = 60;
    private static final double DONE = 1e-28;

    private Jacobi() {}

    /** Sums of products of columns. // images: [count][n], result: [n][n] */
    static double[][] gram(double[][] images) {
        int n = images[0].length;
        double[][] gram = new double[n][n];
        for (double[] image : images) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    gram[i][j] += image[i] * image[j];
                }
            }
        }
        return gram;
    }

    /** Turns {@code basis} to the eigenvectors of {@code matrix}, which is spent; returns the eigenvalues, largest first. */
    static double[] rotate(double[][] basis, double[][] matrix) {
        int n = matrix.length;
        for (int sweep = 0; sweep < SWEEPS && aside(matrix) > DONE * diagonal(matrix); sweep++) {
            for (int p = 0; p < n - 1; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (matrix[p][q] != 0) {
                        turn(basis, matrix, p, q);
                    }
                }
            }
        }
        return sorted(basis, matrix);
    }

    private static void turn(double[][] basis, double[][] matrix, int p, int q) {
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (double[] row : matrix) {
            double a = row[p];
            row[p] = c * a - s * row[q];
            row[q] = s * a + c * row[q];
        }
        rows(matrix, p, q, c, s);
        rows(basis, p, q, c, s);
    }

    private static void rows(double[][] of, int p, int q, double c, double s) {
        for (int i = 0; i < of[p].length; i++) {
            double a = of[p][i];
            of[p][i] = c * a - s * of[q][i];
            of[q][i] = s * a + c * of[q][i];
        }
    }

    private static double[] sorted(double[][] basis, double[][] matrix) {
        int n = matrix.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -matrix[i][i]));
        double[][] old = basis.clone();
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            basis[i] = old[order[i]];
            values[i] = matrix[order[i]][order[i]];
        }
        return values;
    }

    private static double aside(double[][] matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                sum += i == j ? 0 : matrix[i][j] * matrix[i][j];
            }
        }
        return sum;
    }

    private static double diagonal(double[][] matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            sum += matrix[i][i] * matrix[i][i];
        }
        return sum;
    }
}
