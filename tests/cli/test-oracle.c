/* test-oracle.c - the reference answers through the program: CSV and .npy in, every step's .npy out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy.h"
#include "program.h"
#include "support/cases.h"
#include "support/compare.h"

#include <string.h>

#define TOLERANCE TEST_TOLERANCE (1e-9, 1e-4)

#define PRIOR_TERM "--prior-term --prior-scaling=none --prior-weight-std=0.5"

typedef struct {
  const char *name;
  const char *options;
} OracleCase;

static const OracleCase ensembles[] = {
  { "eki-euler", "--form=euler --step-rule=fixed" },
  { "eki-kalman", "--form=kalman --step-rule=fixed" },
  { "eki-kalman-h0.1", "--form=kalman --step-rule=fixed" },
  { "eki-kalman-many-particles", "--form=kalman --step-rule=fixed" },
  { "eki-kalman-misfit-continue", "--form=kalman --step-rule=misfit" },
  { "eki-kalman-per-output", "--form=kalman --step-rule=fixed --activation=relu" },
  { "eki-kalman-full-block", "--form=kalman --step-rule=fixed --activation=relu" },
  { "eki-kalman-softmax", "--form=kalman --step-rule=fixed --task=classification" },
  { "eki-euler-cross-entropy",
    "--form=euler --step-rule=fixed --task=classification --loss=cross-entropy" },
  { "eki-kalman-nesterov", "--form=kalman --step-rule=fixed --momentum-eki=nesterov" },
  { "eki-euler-kovachki-stuart", "--form=euler --step-rule=kovachki-stuart --step-size=2" },
  { "etki", "--form=etki --step-rule=fixed" },
  { "teki-kalman", "--form=kalman --step-rule=fixed " PRIOR_TERM },
  { "teki-euler", "--form=euler --step-rule=fixed " PRIOR_TERM },
};

/* Inputs x1, x2, ... and targets y1, y2, ..., in digits that bring every double back. */
static void
write_data (const char *folder, const TestArray *x, const TestArray *y)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize k = 0; k < x->shape[1]; k++)
    g_string_append_printf (text, "x%" G_GSIZE_FORMAT ",", k + 1);
  for (gsize k = 0; k < y->shape[1]; k++)
    g_string_append_printf (text, "y%" G_GSIZE_FORMAT "%s", k + 1,
                            k + 1 < y->shape[1] ? "," : "\n");
  for (gsize i = 0; i < x->shape[0]; i++) {
    for (gsize k = 0; k < x->shape[1]; k++)
      g_string_append_printf (text, "%.17g,", x->v[i * x->shape[1] + k]);
    for (gsize k = 0; k < y->shape[1]; k++)
      g_string_append_printf (text, "%.17g%s", y->v[i * y->shape[1] + k],
                              k + 1 < y->shape[1] ? "," : "\n");
  }
  g_free (program_write (folder, "data.csv", text->str));
}

/* "y1,y2,..." */
static char *
get_targets (const TestCase *c)
{
  guint n = ekl_network_n_outputs (&c->network);
  g_autoptr (GString) text = g_string_new ("y1");

  for (guint k = 2; k <= n; k++)
    g_string_append_printf (text, ",y%u", k);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One number, several, a matrix in a file, or nothing where the case has no use for it. */
static char *
get_noise (const TestCase *c)
{
  g_autofree char *value = g_key_file_get_string (c->ini, "case", "gamma", NULL);

  if (value == NULL || g_str_equal (value, "unused"))
    return g_strdup ("");
  if (g_str_has_prefix (value, "block")) {
    g_autofree char *path = g_build_filename (c->folder, "Gamma.npy", NULL);
    g_autofree char *word = g_shell_quote (path);

    return g_strdup_printf (" --noise-covariance=%s", word);
  }
  g_strdelimit (value, ";", ',');
  return g_strdup_printf (" --noise-std=%s", value);
}

static void
write_start (const char *folder, guint n_dimensions, const gsize *shape, const double *values)
{
  g_autofree char *path = g_build_filename (folder, "start.npy", NULL);
  g_autoptr (GError) error = NULL;

  ekl_npy_write (path, n_dimensions, shape, values, &error);
  g_assert_no_error (error);
}

static char *
get_hidden_layers (const TestCase *c)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint l = 1; l < c->network.n_layers; l++)
    g_string_append_printf (text, "%s%u", l > 1 ? "," : "", c->network.width[l]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
get_option (const TestCase *c, const char *option, const char *key)
{
  g_autofree char *value = g_key_file_get_string (c->ini, "case", key, NULL);

  return value ? g_strdup_printf (" --%s=%s", option, value) : g_strdup ("");
}

static void
compare_step (const char *folder, gsize step, const char *what, const double *expected, gsize n)
{
  g_autofree char *path =
    g_strdup_printf ("%s/t/step-%06" G_GSIZE_FORMAT "-%s.npy", folder, step, what);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklArray) array = ekl_npy_read (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ekl_array_get_n_values (array), ==, n);
  test_assert_near (array->values, expected, n, TOLERANCE);
}

/* One column of the history, as numbers. */
static double *
read_history (const char *folder, guint column, guint n)
{
  g_autoptr (GBytes) bytes = program_read (folder, "h.csv");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  double *values = g_new (double, n);

  g_assert_cmpuint (g_strv_length (lines), ==, n + 2);
  for (guint k = 0; k < n; k++) {
    g_auto (GStrv) cells = g_strsplit (lines[k + 1], ",", -1);

    g_assert_cmpuint (g_strv_length (cells), ==, 11);
    g_assert_cmpstr (cells[column], !=, "");
    values[k] = g_ascii_strtod (cells[column], NULL);
  }

  return values;
}

static void
test_ensemble (gconstpointer data)
{
  const OracleCase *oracle = data;
  g_autofree char *folder = program_folder ();
  g_autoptr (TestCase) c = test_case_open (oracle->name);
  g_autoptr (TestArray) x = test_case_read (c, "X");
  g_autoptr (TestArray) y = test_case_read (c, "Y");
  g_autoptr (TestArray) u = test_case_read (c, "U");
  g_autofree char *layers = get_hidden_layers (c);
  g_autofree char *h = get_option (c, "step-size", "h");
  g_autofree char *gamma = get_noise (c);
  g_autofree char *targets = get_targets (c);
  gsize n_steps = u->shape[0] - 1, n = u->shape[1] * u->shape[2];

  write_data (folder, x, y);
  write_start (folder, 2, u->shape + 1, u->v);
  g_autofree char *line = g_strdup_printf (
    "train data.csv --methods=eki --standardize=none --train-fraction=1 --weight-noise=0 "
    "--initial-ensemble=start.npy --layers=%s --target=%s --steps=%" G_GSIZE_FORMAT
    " %s%s%s --save-trajectory=t --save-history=h.csv --save-ensemble=end.npy",
    layers, targets, n_steps, oracle->options, h, gamma);
  program_expect (folder, line);

  for (gsize step = 1; step <= n_steps; step++)
    compare_step (folder, step, "ensemble", u->v + step * n, n);

  g_autofree char *last = g_strdup_printf ("t/step-%06" G_GSIZE_FORMAT "-ensemble.npy", n_steps);
  g_autoptr (GBytes) end = program_read (folder, "end.npy");
  g_autoptr (GBytes) end_of_trajectory = program_read (folder, last);
  g_assert_true (g_bytes_equal (end, end_of_trajectory));

  if (strstr (oracle->options, "misfit")) {
    g_autoptr (TestArray) steps = test_case_read (c, "h");
    g_autofree double *taken = read_history (folder, 6, n_steps);
    test_assert_near (taken, steps->v, n_steps, TOLERANCE);
  }
}

static void
test_descent (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (TestCase) c = test_case_open ("descent-20-steps");
  g_autoptr (TestArray) x = test_case_read (c, "X");
  g_autoptr (TestArray) y = test_case_read (c, "Y");
  g_autoptr (TestArray) start = test_case_read (c, "U0");
  g_autoptr (TestArray) u = test_case_read (c, "U");
  g_autoptr (TestArray) loss = test_case_read (c, "loss");
  g_autofree char *layers = get_hidden_layers (c);
  g_autofree char *h = get_option (c, "learning-rate", "h");
  g_autofree char *l2 = get_option (c, "l2", "l2");
  gsize n_steps = u->shape[0] - 1, n = u->shape[1];

  write_data (folder, x, y);
  write_start (folder, 1, start->shape, start->v);
  g_autofree char *line =
    g_strdup_printf ("train data.csv --methods=gd --standardize=none --train-fraction=1 "
                     "--initial-parameters=start.npy --layers=%s --steps=%" G_GSIZE_FORMAT
                     "%s%s --save-trajectory=t --save-history=h.csv",
                     layers, n_steps, h, l2);
  program_expect (folder, line);

  for (gsize step = 1; step <= n_steps; step++)
    compare_step (folder, step, "parameters", u->v + step * n, n);

  /* the case has the loss before each step, the history that after it */
  g_autofree double *after = read_history (folder, 3, n_steps);
  test_assert_near (after, loss->v + 1, n_steps - 1, TOLERANCE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (ensembles); k++) {
    g_autofree char *path = g_strconcat ("/oracle/", ensembles[k].name, NULL);
    g_test_add_data_func (path, &ensembles[k], test_ensemble);
  }
  g_test_add_func ("/oracle/descent-20-steps", test_descent);

  return g_test_run ();
}
