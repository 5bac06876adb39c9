/* test-online.c - data that arrive one by one, against exact recursive Bayes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "run-fixture.h"

#include <math.h>

#define N     14
#define P     3 /* two weights and a bias */
#define NOISE 0.4

/* N(m, C) of a linear model's parameters. */
typedef struct {
  double m[P];
  double c[P][P];
} Gaussian;

static double
input (guint row, guint column)
{
  return column == 2 ? 1 : sin (1.7 * row + 2.3 * column);
}

static double
output (guint row)
{
  return 0.8 * input (row, 0) - 1.1 * input (row, 1) + 0.3 + 0.2 * cos (5. * row);
}

static EklDataset *
make_line (EklExperiment *experiment)
{
  static const char *const names[] = { "a", "b", "y" };
  double values[3 * N];
  g_autoptr (EklTable) table = NULL;
  EklDataOptions options;
  EklDataset *dataset;

  for (guint i = 0; i < N; i++) {
    values[i] = input (i, 0);
    values[N + i] = input (i, 1);
    values[2 * N + i] = output (i);
  }
  table = ekl_table_new ("line", 3, names, N, values);
  ekl_experiment_get_data_options (experiment, &options);
  dataset = ekl_dataset_new (table, &options, NULL);
  g_assert_nonnull (dataset);
  return dataset;
}

static EklExperiment *
make_experiment (const char *group)
{
  const char *const pairs[] = { "layers",
                                "",
                                "standardize",
                                "none",
                                "train-fraction",
                                "1",
                                "form",
                                "etki",
                                "step-rule",
                                "fixed",
                                "step-size",
                                "1",
                                "noise-std",
                                "0.4",
                                "weight-noise",
                                "0",
                                "ensemble-size",
                                "9",
                                "online",
                                "yes",
                                "online-group",
                                group,
                                NULL };
  EklExperiment *experiment = ekl_experiment_new ();

  set_all (experiment, pairs);
  return experiment;
}

/* The sample's moments, divisor J - 1. */
static Gaussian
moments_of (EklRun *run)
{
  gsize n;
  g_autofree double *rows = get_rows (run, &n);
  guint size = (guint) n / P;
  Gaussian g = { 0 };

  for (guint j = 0; j < size; j++)
    for (guint a = 0; a < P; a++)
      g.m[a] += rows[j * P + a] / size;
  for (guint j = 0; j < size; j++)
    for (guint a = 0; a < P; a++)
      for (guint b = 0; b < P; b++)
        g.c[a][b] += (rows[j * P + a] - g.m[a]) * (rows[j * P + b] - g.m[b]) / (size - 1);
  return g;
}

/* Bayes' rule for one datum, the state after the datum before being the prior [6]. */
static void
condition_on (Gaussian *g, guint row)
{
  double cx[P] = { 0 }, s = NOISE * NOISE, r = output (row);

  for (guint a = 0; a < P; a++)
    for (guint b = 0; b < P; b++)
      cx[a] += g->c[a][b] * input (row, b);
  for (guint a = 0; a < P; a++) {
    s += input (row, a) * cx[a];
    r -= input (row, a) * g->m[a];
  }
  for (guint a = 0; a < P; a++) {
    g->m[a] += cx[a] * r / s;
    for (guint b = 0; b < P; b++)
      g->c[a][b] -= cx[a] * cx[b] / s;
  }
}

static void
assert_near (const Gaussian *a, const Gaussian *b)
{
  const double tolerance = sizeof (real) == sizeof (double) ? 1e-9 : 1e-4;

  for (guint i = 0; i < P; i++) {
    g_assert_cmpfloat_with_epsilon (a->m[i], b->m[i], tolerance);
    for (guint k = 0; k < P; k++)
      g_assert_cmpfloat_with_epsilon (a->c[i][k], b->c[i][k], tolerance);
  }
}

/* ETKI, one datum at a time or a few, is exact for a linear model after every one of them. */
static void
test_recursive_bayes (void)
{
  static const struct {
    const char *text;
    guint group;
  } groups[] = { { "1", 1 }, { "4", 4 }, { "14", 14 } };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    g_autoptr (EklExperiment) experiment = make_experiment (groups[i].text);
    g_autoptr (EklDataset) dataset = make_line (experiment);
    g_autoptr (EklRun) run = ekl_run_new (experiment, dataset, NULL);
    Gaussian exact = moments_of (run);
    guint row = 0;

    while (ekl_run_step (run)) {
      Gaussian sample = moments_of (run);

      for (guint k = 0; k < groups[i].group && row < N; k++)
        condition_on (&exact, row++);
      assert_near (&sample, &exact);
    }
    g_assert_cmpuint (row, ==, N);
    g_assert_true (ekl_run_is_finished (run));
    g_assert_false (isnan (get_record (run, EKL_METHOD_EKI)->train_loss));
    g_assert_cmpuint (ekl_run_get_record (run)->step, ==,
                      (N + groups[i].group - 1) / groups[i].group);
  }
}

/* The command line goes on to the end of the data, unless it is told a number of steps. */
static void
test_step_limit (void)
{
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();

  g_assert_cmpuint (ekl_experiment_get_step_limit (experiment), ==, 100);
  g_assert_cmpuint (ekl_experiment_get_batch_size (experiment), ==, 0);
  g_assert_true (ekl_experiment_set_text (experiment, "online", "yes", NULL));
  g_assert_cmpuint (ekl_experiment_get_step_limit (experiment), ==, 0);
  g_assert_cmpuint (ekl_experiment_get_batch_size (experiment), ==, 1);
  g_assert_true (ekl_experiment_set_text (experiment, "steps", "7", NULL));
  g_assert_cmpuint (ekl_experiment_get_step_limit (experiment), ==, 7);
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/online/recursive-bayes", test_recursive_bayes);
  g_test_add_func ("/online/step-limit", test_step_limit);
  return g_test_run ();
}
