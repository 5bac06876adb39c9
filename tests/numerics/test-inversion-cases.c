/* test-inversion-cases.c - every form, noise, prior and momentum against reference answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "inversion_private.h"
#include "support/cases.h"
#include "support/compare.h"
#include "support/inversions.h"

#include <math.h>

static gboolean
has (const TestCase *c, const char *key, const char *prefix)
{
  g_autofree char *value = g_key_file_get_string (c->ini, "case", key, NULL);

  return value != NULL && g_str_has_prefix (value, prefix);
}

/* Gamma: one standard deviation, one an output, or the block of Gamma.npy; none where Gamma is not
 * used. */
static EklNoiseCovariance *
read_noise (const TestCase *c)
{
  guint m = ekl_network_n_outputs (&c->network);
  g_autoptr (GError) error = NULL;
  EklNoiseCovariance *noise;

  if (has (c, "gamma", "unused"))
    return NULL;
  if (has (c, "gamma", "block")) {
    g_autoptr (TestArray) gamma = test_case_read (c, "Gamma");

    g_assert_cmpuint (gamma->length, ==, m * m);
    noise = ekl_noise_covariance_new_full (m, gamma->v, &error);
  } else {
    gsize n;
    g_autofree double *std = g_key_file_get_double_list (c->ini, "case", "gamma", &n, &error);

    g_assert_no_error (error);
    noise = ekl_noise_covariance_new_diagonal (m, std, n, &error);
  }
  g_assert_no_error (error);
  return noise;
}

static EklInversionSettings
read_settings (const TestCase *c)
{
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.form = has (c, "op", "etki")        ? EKL_FORM_ETKI
                  : has (c, "op", "eki-euler") ? EKL_FORM_EULER
                                               : EKL_FORM_KALMAN;
  settings.noise_std = NAN; /* in favour of the covariance, or not used */
  if (has (c, "rule", "kovachki-stuart"))
    settings.step_rule = EKL_STEP_RULE_KOVACHKI_STUART;
  settings.step_size =
    test_case_get_double (c, settings.step_rule == EKL_STEP_RULE_FIXED ? "h" : "h0");
  settings.prior_term = has (c, "prior_term", "true");
  if (settings.prior_term) {
    settings.prior.weight_std = test_case_get_double (c, "prior_std");
    settings.prior.bias_std = 100; /* not to be used without the scaling */
    settings.prior.scaling = EKL_PRIOR_SCALING_NONE;
    settings.prior.mean = test_case_get_double (c, "prior_mean");
  }
  settings.momentum = has (c, "momentum", "nesterov") ? EKL_MOMENTUM_NESTEROV : EKL_MOMENTUM_NONE;
  settings.loss = has (c, "loss", "cross-entropy") ? EKL_LOSS_CROSS_ENTROPY : EKL_LOSS_SQUARED;
  return settings;
}

/* Step for step. */
static void
check_case (const char *name)
{
  g_autoptr (TestCase) c = test_case_open (name);
  g_autoptr (TestArray) expected = test_case_read (c, "U");
  g_autoptr (EklNoiseCovariance) noise = read_noise (c);
  g_autoptr (TestArray) h = has (c, "rule", "") ? test_case_read (c, "h") : NULL;
  gsize J = expected->shape[1], n = J * c->network.n_parameters;
  guint n_steps = (guint) test_case_get_double (c, "steps");
  g_autoptr (EklEnsemble) start = test_ensemble_of_rows (&c->network, J, expected->v);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, c->batch.n_data, 2);
  const EklInversionInfo *info = ekl_inversion_get_info (inversion);
  EklInversionSettings settings = read_settings (c);

  settings.noise = noise;
  g_assert_cmpuint (expected->shape[0], ==, n_steps + 1);
  g_assert_true (h == NULL || h->length == n_steps);
  for (guint k = 0; k < n_steps; k++) {
    double h_k = h != NULL ? h->v[k] : settings.step_size;
    g_autofree double *rows = NULL;

    g_assert_true (ekl_inversion_step (inversion, &settings, &c->batch, c->batch.n_data));
    rows = test_inversion_rows (inversion);
    test_assert_near (rows, expected->v + (k + 1) * n, n, TEST_TOLERANCE (1e-9, 1e-4));
    g_assert_cmpfloat_with_epsilon (info->step_size / h_k, 1, TEST_TOLERANCE (1e-9, 1e-4));
  }
  g_assert_cmpuint (info->repaired, ==, 0);
  g_assert_false (info->stalled);
}

static void
test_case_matches (gconstpointer name)
{
  check_case (name);
}

/* The same in parts of as few observations as can be, where a case has more than particles. */
static void
test_case_matches_in_parts (gconstpointer name)
{
  ekl_inversion_set_part_bytes (1);
  check_case (name);
  ekl_inversion_set_part_bytes (0);
}

int
main (int argc, char *argv[])
{
  static const char *const cases[] = {
    "eki-kalman-per-output",
    "eki-kalman-full-block",
    "eki-kalman-softmax",
    "eki-kalman-nesterov",
    "eki-euler-cross-entropy",
    "eki-euler-kovachki-stuart",
    "teki-kalman",
    "teki-euler",
    "etki",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    g_autofree char *path = g_strconcat ("/inversion-cases/", cases[c], NULL);
    g_autofree char *in_parts = g_strconcat ("/inversion-cases/in-parts/", cases[c], NULL);

    g_test_add_data_func (path, cases[c], test_case_matches);
    g_test_add_data_func (in_parts, cases[c], test_case_matches_in_parts);
  }
  return g_test_run ();
}
