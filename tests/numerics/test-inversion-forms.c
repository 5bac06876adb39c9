/* test-inversion-forms.c - what every form of ensemble Kalman inversion must obey
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "philox.h"
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* Everything that can be asked for together. */
typedef struct {
  const char *name;
  EklForm form;
  gboolean prior_term;
  EklLoss loss;
} Form;

static const Form forms[] = {
  { "kalman", EKL_FORM_KALMAN, FALSE, EKL_LOSS_SQUARED },
  { "euler", EKL_FORM_EULER, FALSE, EKL_LOSS_SQUARED },
  { "etki", EKL_FORM_ETKI, FALSE, EKL_LOSS_SQUARED },
  { "teki-kalman", EKL_FORM_KALMAN, TRUE, EKL_LOSS_SQUARED },
  { "teki-euler", EKL_FORM_EULER, TRUE, EKL_LOSS_SQUARED },
  { "teki-etki", EKL_FORM_ETKI, TRUE, EKL_LOSS_SQUARED },
  { "cross-entropy", EKL_FORM_EULER, FALSE, EKL_LOSS_CROSS_ENTROPY },
  { "teki-cross-entropy", EKL_FORM_EULER, TRUE, EKL_LOSS_CROSS_ENTROPY },
  { "aldi", EKL_FORM_ALDI, FALSE, EKL_LOSS_SQUARED },
};

/* K < J, K > J, K < P, K > P; with the prior term under them. */
static const struct {
  guint width[4], n_width, n_data, size;
} shapes[] = {
  { { 2, 6, 3 }, 3, 4, 10 },
  { { 2, 6, 3 }, 3, 12, 10 },
  { { 1, 3 }, 2, 2, 40 },
  { { 2, 3 }, 2, 30, 12 },
};

static const double gamma_full[] = { .5, .2, -.1, .2, .3, .1, -.1, .1, .4 };
static const double gamma_diagonal[] = { .2, 0, 0, 0, .5, 0, 0, 0, 1.25 };
static const double gamma_equal[] = { .36, 0, 0, 0, .36, 0, 0, 0, .36 };
static const double *const gammas[] = { gamma_equal, gamma_diagonal, gamma_full };

static TestProblem *
shape_problem (guint s)
{
  return test_problem_new (shapes[s].width, shapes[s].n_width, EKL_ACTIVATION_TANH,
                           EKL_OUTPUT_SOFTMAX, shapes[s].n_data, 40 + s);
}

static EklNoiseCovariance *
new_noise (const double *gamma)
{
  g_autoptr (GError) error = NULL;
  EklNoiseCovariance *noise = ekl_noise_covariance_new_full (3, gamma, &error);

  g_assert_no_error (error);
  return noise;
}

/* Small steps where a form is explicit. */
static EklInversionSettings
settings_of (const Form *form)
{
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.form = form->form;
  settings.loss = form->loss;
  settings.prior_term = form->prior_term;
  settings.noise_std = .6;
  settings.step_size = form->form == EKL_FORM_EULER || form->form == EKL_FORM_ALDI ? .02 : .8;
  settings.prior = (EklPrior){ .weight_std = .9, .bias_std = .4, .mean = .2 };
  settings.seed = 5;
  return settings;
}

/* What a step with these settings should make of U (J, P). */
static double *
expected_step (const TestProblem *p,
               gsize J,
               const double *U,
               const EklInversionSettings *settings,
               const double *gamma,
               guint n)
{
  g_autofree double *std = g_new (double, p->network.n_parameters);
  g_autofree double *xi = g_new (double, J *J);
  NaiveStep step = {
    .form = settings->form,
    .loss = settings->form == EKL_FORM_EULER ? settings->loss : EKL_LOSS_SQUARED,
    .h = settings->step_size,
    .gamma = gamma,
    .prior_mean = settings->prior.mean,
    .xi = xi,
  };

  ekl_prior_standard_deviations (&settings->prior, &p->network, std);
  if (settings->prior_term || settings->form == EKL_FORM_ALDI)
    step.prior_std = std;
  for (guint j = 0; j < J; j++)
    ekl_random_normals (settings->seed, EKL_STREAM_DIFFUSION, n, j, J, xi + j * J);
  return naive_step (&step, &p->network, J, U, &p->batch);
}

/* Two steps against dense matrices, on every shape, with every kind of Gamma. */
static void
test_dense_twin (gconstpointer data)
{
  const Form *form = data;

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint g = 0; g < G_N_ELEMENTS (gammas); g++) {
      g_autoptr (TestProblem) p = shape_problem (s);
      gsize J = shapes[s].size, n = J * p->network.n_parameters;
      g_autoptr (EklInversion) inversion = test_inversion_of (p, (guint) J, .6, s);
      g_autoptr (EklNoiseCovariance) noise = new_noise (gammas[g]);
      EklInversionSettings settings = settings_of (form);

      settings.noise = noise;
      for (guint k = 0; k < 2; k++) {
        g_autofree double *before = test_inversion_rows (inversion);
        g_autofree double *expected = expected_step (p, J, before, &settings, gammas[g], k);
        g_autofree double *after = NULL;

        test_inversion_run (inversion, &settings, &p->batch, 1);
        after = test_inversion_rows (inversion);
        test_assert_near (after, expected, n, TEST_TOLERANCE (1e-11, 5e-5));
      }
    }
}

/* noise_std and a covariance that says the same are the same to the bit. */
static void
test_noise_in_two_words (gconstpointer data)
{
  g_autoptr (TestProblem) p = shape_problem (1);
  const gsize n_bytes = 10 * p->network.n_parameters * sizeof (double);
  g_autoptr (EklInversion) number = test_inversion_of (p, 10, .6, 1);
  g_autoptr (EklInversion) object = test_inversion_of (p, 10, .6, 1);
  g_autofree double *of_number = NULL;
  g_autofree double *of_object = NULL;
  g_autoptr (GError) error = NULL;
  EklInversionSettings settings = settings_of (data);
  g_autoptr (EklNoiseCovariance) noise =
    ekl_noise_covariance_new_diagonal (3, &settings.noise_std, 1, &error);

  g_assert_no_error (error);
  test_inversion_run (number, &settings, &p->batch, 3);
  settings.noise = noise;
  test_inversion_run (object, &settings, &p->batch, 3);
  of_number = test_inversion_rows (number);
  of_object = test_inversion_rows (object);
  g_assert_cmpmem (of_object, n_bytes, of_number, n_bytes);
}

/* The order of the particles means nothing; the sampler's noise does depend on it. */
static void
test_permutation (gconstpointer data)
{
  static const guint order[] = { 4, 0, 8, 1, 7, 2, 6, 5, 3, 9 };
  const gsize J = G_N_ELEMENTS (order);

  for (guint s = 0; s < 2; s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    gsize P = p->network.n_parameters;
    g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, (guint) J, .6, 1);
    g_autofree double *rows = test_ensemble_rows (start);
    g_autofree double *mixed = g_new (double, J *P);
    g_autoptr (EklInversion) straight = test_inversion_new (start, shapes[s].n_data, 1);
    g_autoptr (EklInversion) shuffled = NULL;
    g_autofree double *of_straight = NULL;
    g_autofree double *of_shuffled = NULL;
    EklInversionSettings settings = settings_of (data);

    for (gsize j = 0; j < J; j++)
      memcpy (mixed + j * P, rows + order[j] * P, P * sizeof (double));
    ekl_ensemble_set_rows (start, mixed);
    shuffled = test_inversion_new (start, shapes[s].n_data, 1);
    settings.momentum = EKL_MOMENTUM_NESTEROV;
    settings.inflation = .1;
    test_inversion_run (straight, &settings, &p->batch, 5);
    test_inversion_run (shuffled, &settings, &p->batch, 5);
    of_straight = test_inversion_rows (straight);
    of_shuffled = test_inversion_rows (shuffled);
    for (gsize j = 0; j < J; j++)
      test_assert_near (of_shuffled + j * P, of_straight + order[j] * P, P,
                        TEST_TOLERANCE (1e-10, 1e-4));
  }
}

/* Weights in other units: inputs divided by 3, weights and the prior of the weights times 3.
 * Everything is whitened by the prior or taken relative to the ensemble, so the answer is the same
 * in the new units. */
static void
test_units_of_the_weights (gconstpointer data)
{
  g_autoptr (TestProblem) p = shape_problem (3);
  const gsize J = 12, P = p->network.n_parameters, n_weights = p->network.bias_offset[0];
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *rows = test_ensemble_rows (start);
  g_autoptr (EklInversion) plain = test_inversion_new (start, shapes[3].n_data, 1);
  g_autoptr (EklInversion) scaled = NULL;
  g_autofree double *of_plain = NULL;
  g_autofree double *of_scaled = NULL;
  EklInversionSettings settings = settings_of (data);

  settings.prior.mean = 0;
  test_inversion_run (plain, &settings, &p->batch, 4);
  of_plain = test_inversion_rows (plain);
  for (gsize i = 0; i < J * P; i++) {
    double unit = i % P < n_weights ? 3 : 1;

    rows[i] *= unit;
    of_plain[i] *= unit;
  }
  for (gsize i = 0; i < (gsize) p->batch.n_inputs * p->batch.n_data; i++)
    p->x[i] /= 3;
  settings.prior.weight_std *= 3;
  ekl_ensemble_set_rows (start, rows);
  scaled = test_inversion_new (start, shapes[3].n_data, 1);
  test_inversion_run (scaled, &settings, &p->batch, 4);
  of_scaled = test_inversion_rows (scaled);
  test_assert_near (of_scaled, of_plain, J * P, TEST_TOLERANCE (1e-11, 1e-4));
}

/* With everything random that goes with the form. J is odd, over 128 and under, so that blocks are
 * cut. */
static void
test_same_bits_on_any_threads (gconstpointer data)
{
  static const struct {
    guint n_data, size;
  } sizes[] = { { 20, 150 }, { 70, 149 }, { 70, 33 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    g_autoptr (TestProblem) p = test_problem_new (TEST_WIDTHS (5, 16, 9, 2), EKL_ACTIVATION_RELU,
                                                  EKL_OUTPUT_SOFTMAX, sizes[s].n_data, 3);
    gsize n_bytes = sizes[s].size * p->network.n_parameters * sizeof (double);
    g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, sizes[s].size, .4, 1);
    g_autofree double *one = NULL;
    EklInversionSettings settings = settings_of (data);

    settings.perturb_observations = settings.form == EKL_FORM_KALMAN;
    settings.step_size /= 10;
    settings.weight_noise = .05;
    settings.inflation = .02;
    if (!settings.perturb_observations)
      settings.momentum = EKL_MOMENTUM_NESTEROV;
    for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
      g_autoptr (EklInversion) inversion = test_inversion_new (start, sizes[s].n_data, n_threads);
      g_autofree double *rows = NULL;

      test_inversion_run (inversion, &settings, &p->batch, 5);
      rows = test_inversion_rows (inversion);
      if (one == NULL)
        one = g_steal_pointer (&rows);
      else
        g_assert_cmpmem (rows, n_bytes, one, n_bytes);
    }
  }
}

/* One inversion whose form, prior term, loss, noise, batch and size change from step to step, each
 * step against an inversion that was made for it at the ensemble of the step before: it must be
 * the same to the bit. ALDI's noise is counted by steps, which the fresh one has none of; its step
 * stands against the dense twin. */
static void
test_everything_changes (void)
{
  const guint order[] = { 0, 7, 2, 8, 5, 1, 6, 3, 8, 4, 7, 6, 0 };
  static const guint n_data[] = { 12, 3, 12, 7 }, size[] = { 10, 10, 23, 23, 6 };
  g_autoptr (TestProblem) p = shape_problem (1);
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 10, .6, 2);
  const EklInversionInfo *info = ekl_inversion_get_info (inversion);

  for (guint k = 0; k < G_N_ELEMENTS (order); k++) {
    guint g = k % G_N_ELEMENTS (gammas), J = size[k % G_N_ELEMENTS (size)];
    gsize n = J * p->network.n_parameters;
    EklInversionSettings settings = settings_of (&forms[order[k]]);
    g_autoptr (EklNoiseCovariance) noise = new_noise (gammas[g]);
    g_autoptr (EklInversion) fresh = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree double *before = NULL;
    g_autofree double *after = NULL;
    g_autofree double *expected = NULL;
    g_autofree double *of_fresh = NULL;

    settings.noise = noise;
    settings.stop_time = 1000;
    settings.momentum = k % 3 == 0 ? EKL_MOMENTUM_NESTEROV : EKL_MOMENTUM_NONE;
    p->batch.n_data = n_data[k % G_N_ELEMENTS (n_data)];
    g_assert_true (ekl_inversion_resize (inversion, &settings, J, &error));
    g_assert_no_error (error);
    before = test_inversion_rows (inversion);
    fresh = test_inversion_new (ekl_inversion_get_ensemble (inversion), 12, 1);
    expected = expected_step (p, J, before, &settings, gammas[g], k);
    g_assert_true (ekl_inversion_step (inversion, &settings, &p->batch, 12));
    after = test_inversion_rows (inversion);
    test_assert_near (after, expected, n, TEST_TOLERANCE (1e-11, 5e-5));
    g_assert_cmpfloat (info->step_size, ==, settings.step_size);
    if (settings.form == EKL_FORM_ALDI)
      continue;
    g_assert_true (ekl_inversion_step (fresh, &settings, &p->batch, 12));
    of_fresh = test_inversion_rows (fresh);
    g_assert_cmpmem (after, n * sizeof (double), of_fresh, n * sizeof (double));
  }
  g_assert_cmpuint (info->steps, ==, G_N_ELEMENTS (order));
}

/* Cross-entropy is of the continuous form; the others take least squares on the probabilities,
 * [11]. */
static void
test_loss_of_the_other_forms (gconstpointer data)
{
  const Form *form = data;
  g_autoptr (TestProblem) p = shape_problem (1);
  const gsize n_bytes = 10 * p->network.n_parameters * sizeof (double);
  g_autoptr (EklInversion) squared = test_inversion_of (p, 10, .6, 1);
  g_autoptr (EklInversion) entropy = test_inversion_of (p, 10, .6, 1);
  g_autofree double *of_squared = NULL;
  g_autofree double *of_entropy = NULL;
  EklInversionSettings settings = settings_of (form);

  test_inversion_run (squared, &settings, &p->batch, 2);
  settings.loss = EKL_LOSS_CROSS_ENTROPY;
  test_inversion_run (entropy, &settings, &p->batch, 2);
  of_squared = test_inversion_rows (squared);
  of_entropy = test_inversion_rows (entropy);
  g_assert_cmpmem (of_entropy, n_bytes, of_squared, n_bytes);
}

/* Cross-entropy's losses are those of [3]. */
static void
test_cross_entropy_losses (void)
{
  g_autoptr (TestProblem) p = shape_problem (1);
  const gsize J = 10, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autofree double *U = test_inversion_rows (inversion);
  const EklInversionInfo *info = ekl_inversion_get_info (inversion);
  EklInversionSettings settings = settings_of (&forms[6]);
  double mean = 0, best = INFINITY;

  for (gsize j = 0; j < J; j++) {
    double loss = naive_objective (&p->network, U + j * P, &p->batch, EKL_LOSS_CROSS_ENTROPY, 0);

    mean += loss / J;
    best = fmin (best, loss);
  }
  test_inversion_run (inversion, &settings, &p->batch, 1);
  g_assert_cmpfloat_with_epsilon (info->particle_loss_mean, mean, TEST_TOLERANCE (1e-12, 1e-5));
  g_assert_cmpfloat_with_epsilon (info->particle_loss_best, best, TEST_TOLERANCE (1e-12, 1e-5));
}

/* ... and that of the mean output is [3] at the mean of the logits. */
static void
test_cross_entropy_mean_output (void)
{
  g_autoptr (TestProblem) p = shape_problem (1);
  const gsize J = 10, P = p->network.n_parameters, N = p->batch.n_data, m = p->batch.n_outputs;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autofree double *U = test_inversion_rows (inversion);
  g_autofree double *w = g_new (double, m *N);
  g_autofree double *mean = g_new0 (double, m *N);
  EklInversionSettings settings = settings_of (&forms[6]);
  double loss = 0;

  for (gsize j = 0; j < J; j++) {
    naive_forward (&p->network, U + j * P, &p->batch, EKL_LOGITS, w);
    for (gsize k = 0; k < m * N; k++)
      mean[k] += w[k] / J;
  }
  for (gsize i = 0; i < N; i++) {
    double sum = 0;

    for (gsize c = 0; c < m; c++)
      sum += exp (mean[c * N + i]);
    for (gsize c = 0; c < m; c++)
      loss -= p->batch.y[c * N + i] * log (exp (mean[c * N + i]) / sum) / N;
  }
  test_inversion_run (inversion, &settings, &p->batch, 1);
  g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->mean_output_loss, loss,
                                  TEST_TOLERANCE (1e-12, 1e-5));
}

/* [15] for cross-entropy: Phi_j is N times the loss of the particle, K the number of outputs. */
static void
test_cross_entropy_misfit (void)
{
  g_autoptr (TestProblem) p = shape_problem (1);
  const gsize J = 10, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autofree double *U = test_inversion_rows (inversion);
  EklInversionSettings settings = settings_of (&forms[6]);
  double phi[10], mean = 0, variance = 0, K = 3 * 12, h;

  for (gsize j = 0; j < J; j++) {
    phi[j] = 12 * naive_objective (&p->network, U + j * P, &p->batch, EKL_LOSS_CROSS_ENTROPY, 0);
    mean += phi[j] / J;
  }
  for (gsize j = 0; j < J; j++)
    variance += pow (phi[j] - mean, 2) / (J - 1);
  h = fmax (K / (2 * mean), sqrt (K / (2 * variance)));
  settings.step_rule = EKL_STEP_RULE_MISFIT;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->step_size / h, 1,
                                  TEST_TOLERANCE (1e-11, 1e-4));
}

/* [14] is for the continuous form, but no other breaks with it, in ensemble space or in data
 * space. */
static void
test_kovachki_stuart_step (gconstpointer data)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    gsize J = shapes[s].size, n = J * p->network.n_parameters;
    g_autoptr (EklInversion) inversion = test_inversion_of (p, (guint) J, .6, s);
    const EklInversionInfo *info = ekl_inversion_get_info (inversion);
    g_autofree double *before = test_inversion_rows (inversion);
    g_autofree double *after = NULL;
    g_autofree double *expected = NULL;
    EklInversionSettings settings = settings_of (data);

    settings.step_rule = EKL_STEP_RULE_KOVACHKI_STUART;
    settings.step_size = 2;
    test_inversion_run (inversion, &settings, &p->batch, 1);
    after = test_inversion_rows (inversion);
    g_assert_cmpfloat (info->step_size, >, 0);
    g_assert_cmpfloat (info->step_size, <=, 4 * J);
    settings.step_size = info->step_size;
    expected = expected_step (p, J, before, &settings, gammas[0], 0);
    test_assert_near (after, expected, n, TEST_TOLERANCE (1e-10, 1e-4));
  }
}

static void
add (const char *test, const Form *form, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/inversion-forms/%s/%s", test, form->name);

  g_test_add_data_func (path, form, function);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    add ("dense-twin", &forms[f], test_dense_twin);
    add ("noise-in-two-words", &forms[f], test_noise_in_two_words);
    add ("units-of-the-weights", &forms[f], test_units_of_the_weights);
    add ("kovachki-stuart", &forms[f], test_kovachki_stuart_step);
    add ("same-bits-on-any-threads", &forms[f], test_same_bits_on_any_threads);
    if (forms[f].form != EKL_FORM_ALDI)
      add ("permutation", &forms[f], test_permutation);
    if (forms[f].form != EKL_FORM_EULER)
      add ("loss", &forms[f], test_loss_of_the_other_forms);
  }
  g_test_add_func ("/inversion-forms/everything-changes", test_everything_changes);
  g_test_add_func ("/inversion-forms/cross-entropy-losses", test_cross_entropy_losses);
  g_test_add_func ("/inversion-forms/cross-entropy-mean-output", test_cross_entropy_mean_output);
  g_test_add_func ("/inversion-forms/cross-entropy-misfit", test_cross_entropy_misfit);
  return g_test_run ();
}
