package dev.ratchet.stats;

/** Small symmetric matrices. */
final class Symmetric {

    /** A weight of each pair i &lt; j. */
    interface PairWeight {
        double of(int i, int j);
    }

    private Symmetric() {}

    /** The graph Laplacian of pair weights, plus the projection on the vector of ones times a factor. */
    static double[][] laplacian(int size, double alongOnes, PairWeight weight) {
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double value = weight.of(i, j);
                matrix[i][i] += value;
                matrix[j][j] += value;
                matrix[i][j] -= value;
                matrix[j][i] -= value;
            }
        }
        for (double[] row : matrix) {
            for (int j = 0; j < size; j++) {
                row[j] += alongOnes / size;
            }
        }
        return matrix;
    }

    /** The inverse of a positive definite matrix by Gauss and Jordan, which need no pivots for it. */
    static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] left = ExpectationMaximization.copy(matrix);
        double[][] right = new double[size][size];
        for (int i = 0; i < size; i++) {
            right[i][i] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            double scale = left[pivot][pivot];
            for (int j = 0; j < size; j++) {
                left[pivot][j] /= scale;
                right[pivot][j] /= scale;
            }
            for (int i = 0; i < size; i++) {
                double factor = i == pivot ? 0 : left[i][pivot];
                for (int j = 0; j < size && factor != 0; j++) {
                    left[i][j] -= factor * left[pivot][j];
                    right[i][j] -= factor * right[pivot][j];
                }
            }
        }
        return right;
    }

    static double[] multiply(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }
}
