/* toy_problems.c - small problems made by a formula
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "toy_problems.h"

#include "philox.h"

#include <math.h>

/* The "particle" of a draw: one number a purpose, so that no two share their numbers. */
enum {
  DRAW_PLACES,
  DRAW_SECOND_PLACES,
  DRAW_NOISE,
  DRAW_SECOND_NOISE,
};

static double *
draw_places (guint64 seed, guint32 purpose, guint n)
{
  double *out = g_new (double, n);

  ekl_random_uniforms (seed, EKL_STREAM_DATA, 0, purpose, n, out);
  return out;
}

static double *
draw_noise (guint64 seed, guint32 purpose, guint n)
{
  double *out = g_new (double, n);

  ekl_random_normals (seed, EKL_STREAM_DATA, 0, purpose, n, out);
  return out;
}

/**
 * ekl_toy_sine_new:
 * @name: what to call it
 * @n_rows: number of rows
 * @noise_std: standard deviation of the noise in y
 * @seed: other numbers of the same kind
 *
 * y = sin (x) + noise, x uniform in [-pi, pi]: columns x, y.
 *
 * Returns: (transfer full): a table
 */
EklTable *
ekl_toy_sine_new (const char *name, guint n_rows, double noise_std, guint64 seed)
{
  static const char *const names[] = { "x", "y" };
  g_autofree double *values = g_new (double, 2 * (gsize) n_rows);
  g_autofree double *places = draw_places (seed, DRAW_PLACES, n_rows);
  g_autofree double *noise = draw_noise (seed, DRAW_NOISE, n_rows);

  for (guint i = 0; i < n_rows; i++) {
    double x = G_PI * (2 * places[i] - 1);
    values[i] = x;
    values[n_rows + i] = sin (x) + noise_std * noise[i];
  }
  return ekl_table_new (name, 2, names, n_rows, values);
}

/**
 * ekl_toy_moons_new:
 * @name: what to call it
 * @n_rows: number of rows
 * @noise_std: standard deviation of the noise in both coordinates
 * @seed: other numbers of the same kind
 *
 * Two half circles of radius 1 that reach into each other, as in scikit-learn's make_moons, with
 * places drawn at random: columns x1, x2, moon; moon is -1 in even rows (the upper one) and 1 in
 * odd rows.
 *
 * Returns: (transfer full): a table
 */
EklTable *
ekl_toy_moons_new (const char *name, guint n_rows, double noise_std, guint64 seed)
{
  static const char *const names[] = { "x1", "x2", "moon" };
  g_autofree double *values = g_new (double, 3 * (gsize) n_rows);
  g_autofree double *places = draw_places (seed, DRAW_PLACES, n_rows);
  g_autofree double *noise_1 = draw_noise (seed, DRAW_NOISE, n_rows);
  g_autofree double *noise_2 = draw_noise (seed, DRAW_SECOND_NOISE, n_rows);

  for (guint i = 0; i < n_rows; i++) {
    gboolean is_upper = i % 2 == 0;
    double x1 = is_upper ? cos (G_PI * places[i]) : 1 - cos (G_PI * places[i]);
    double x2 = is_upper ? sin (G_PI * places[i]) : 0.5 - sin (G_PI * places[i]);
    values[i] = x1 + noise_std * noise_1[i];
    values[n_rows + i] = x2 + noise_std * noise_2[i];
    values[2 * (gsize) n_rows + i] = is_upper ? -1 : 1;
  }
  return ekl_table_new (name, 3, names, n_rows, values);
}

static double
hill (double x1, double x2, double centre_1, double centre_2, double width)
{
  return exp (-(pow (x1 - centre_1, 2) + pow (x2 - centre_2, 2)) / (2 * width * width));
}

/**
 * ekl_toy_hills_new:
 * @name: what to call it
 * @n_rows: number of rows
 * @noise_std: standard deviation of the noise in height
 * @seed: other numbers of the same kind
 *
 * Two hills and a hollow, each a Gaussian bump, over [-2, 2] x [-2, 2]: columns x1, x2, height.
 *
 * Returns: (transfer full): a table
 */
EklTable *
ekl_toy_hills_new (const char *name, guint n_rows, double noise_std, guint64 seed)
{
  static const char *const names[] = { "x1", "x2", "height" };
  g_autofree double *values = g_new (double, 3 * (gsize) n_rows);
  g_autofree double *places_1 = draw_places (seed, DRAW_PLACES, n_rows);
  g_autofree double *places_2 = draw_places (seed, DRAW_SECOND_PLACES, n_rows);
  g_autofree double *noise = draw_noise (seed, DRAW_NOISE, n_rows);

  for (guint i = 0; i < n_rows; i++) {
    double x1 = 4 * places_1[i] - 2, x2 = 4 * places_2[i] - 2;
    double height = hill (x1, x2, -0.8, 0.8, 0.6) + 0.7 * hill (x1, x2, 1, -0.9, 0.5) -
                    0.9 * hill (x1, x2, 0.9, 0.9, 0.7);
    values[i] = x1;
    values[n_rows + i] = x2;
    values[2 * (gsize) n_rows + i] = height + noise_std * noise[i];
  }
  return ekl_table_new (name, 3, names, n_rows, values);
}
