/* test-parameter-path.c - which points a path keeps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_path.h"

#define N_PARAMETERS 3

static void
append (EklParameterPath *path, guint64 count)
{
  real u[N_PARAMETERS];

  for (guint i = 0; i < N_PARAMETERS; i++)
    u[i] = (real) (count * N_PARAMETERS + i);
  ekl_parameter_path_append (path, 10 * count + 5, u); /* steps that no stride divides */
}

/* Of the points 0 ... newest: those that the stride divides and the newest, the stride being the
 * least power of two for which there is room. */
static void
assert_rule (const EklParameterPath *path, guint capacity, guint64 newest)
{
  guint n = ekl_parameter_path_get_length (path);
  guint64 stride = 1;

  while (newest / stride + 1 + (newest % stride != 0) > capacity)
    stride *= 2;
  g_assert_cmpuint (n, ==, newest / stride + 1 + (newest % stride != 0));
  for (guint i = 0; i < n; i++) {
    guint64 step, count = i + 1 < n ? i * stride : newest;
    const real *u = ekl_parameter_path_get_point (path, i, &step);

    g_assert_cmpuint (step, ==, 10 * count + 5);
    for (guint k = 0; k < N_PARAMETERS; k++)
      g_assert_true (u[k] == (real) (count * N_PARAMETERS + k));
    g_assert_true (ekl_parameter_path_get_point (path, i, NULL) == u);
  }
}

static void
test_rule (void)
{
  const guint capacities[] = { 2, 3, 4, 5, 7, 16, 33, 256 };

  for (guint c = 0; c < G_N_ELEMENTS (capacities); c++) {
    g_autoptr (EklParameterPath) path = ekl_parameter_path_new (N_PARAMETERS, capacities[c]);

    g_assert_cmpuint (ekl_parameter_path_get_length (path), ==, 0);
    for (guint64 count = 0; count < 2000; count++) {
      append (path, count);
      assert_rule (path, capacities[c], count);
    }
  }
}

/* Before the first step a run's start may be told again and again. */
static void
test_newest_is_replaced (void)
{
  g_autoptr (EklParameterPath) path = ekl_parameter_path_new (1, 4);
  guint64 step;

  for (guint k = 0; k < 10; k++) {
    real u = (real) k;

    ekl_parameter_path_append (path, 0, &u);
    g_assert_cmpuint (ekl_parameter_path_get_length (path), ==, 1);
    g_assert_true (*ekl_parameter_path_get_point (path, 0, &step) == u);
    g_assert_cmpuint (step, ==, 0);
  }
  for (guint k = 1; k < 20; k++) {
    real u = (real) (100 + k), v = (real) (200 + k);

    ekl_parameter_path_append (path, k, &u);
    ekl_parameter_path_append (path, k, &v);
    g_assert_true (*ekl_parameter_path_get_point (path, 0, NULL) == 9);
    g_assert_true (
      *ekl_parameter_path_get_point (path, ekl_parameter_path_get_length (path) - 1, &step) == v);
    g_assert_cmpuint (step, ==, k);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parameter-path/rule", test_rule);
  g_test_add_func ("/parameter-path/newest-is-replaced", test_newest_is_replaced);
  return g_test_run ();
}
