/* test-kalman-update.c - the analysis by itself: given noise, both spaces, every form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/cases.h"
#include "support/compare.h"
#include "support/naive.h"
#include "support/problems.h"

#include <math.h>
#include <string.h>

/* An ensemble and its analysis, whitened here: Gamma = gamma^2 I, C0 = diag (std^2). */
typedef struct {
  EklAnalysis analysis;
  real *anomalies, *innovation, *residuals, *parameters, *prior, *noise;
} Whitened;

static void
whitened_clear (Whitened *w)
{
  g_free (w->anomalies);
  g_free (w->innovation);
  g_free (w->residuals);
  g_free (w->parameters);
  g_free (w->prior);
  g_free (w->noise);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Whitened, whitened_clear)

/* (values - their mean) / scale, and (target - mean) / scale in innovation; scale (n). */
static real *
center (const double *values, gsize J, gsize n, const double *target, const double *scale, real *r)
{
  g_autofree double *mean = naive_mean (values, J, n);
  real *d = g_new (real, J * n);

  for (gsize i = 0; i < J * n; i++)
    d[i] = (real) ((values[i] - mean[i % n]) / scale[i % n]);
  for (gsize i = 0; i < n; i++)
    r[i] = (real) ((target[i] - mean[i]) / scale[i]);
  return d;
}

static double *
constant (double value, gsize n)
{
  double *v = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    v[i] = value;
  return v;
}

/* naive_step()'s settings in the words of EklAnalysis. */
static void
whiten (const NaiveStep *step,
        const EklNetwork *network,
        gsize J,
        const double *U,
        const EklBatch *batch,
        Whitened *w)
{
  gsize K = (gsize) batch->n_outputs * batch->n_data, P = network->n_parameters;
  g_autofree double *G = naive_outputs (network, J, U, batch);
  g_autofree double *y = naive_targets (batch);
  g_autofree double *scale = constant (sqrt (step->gamma[0]), K);
  g_autofree double *target = constant (step->prior_mean, P);

  memset (w, 0, sizeof *w);
  w->innovation = g_new (real, K);
  w->anomalies = center (G, J, K, y, scale, w->innovation);
  if (step->prior_std != NULL) {
    w->prior = g_new (real, P);
    w->parameters = center (U, J, P, target, step->prior_std, w->prior);
  }
  if (step->eta != NULL) {
    w->noise = g_new (real, J * K);
    for (gsize i = 0; i < J * K; i++)
      w->noise[i] = (real) (step->eta[i] / scale[0]);
  }
  w->analysis = (EklAnalysis){
    .n_observations = (guint) K,
    .anomalies = w->anomalies,
    .innovation = w->innovation,
    .step_size = step->h,
    .perturb = step->eta != NULL,
    .noise = w->noise,
    .parameter_anomalies = w->parameters,
    .prior_innovation = w->prior,
    .n_parameters = P,
    .diffusion = step->xi,
  };
}

static EklKalmanUpdate *
new_update (const EklNetwork *network, EklForm form, gsize J, gsize max_observations)
{
  g_autoptr (GError) error = NULL;
  EklKalmanUpdate *update =
    ekl_kalman_update_new (network, form, (guint) J, (guint) max_observations, 2, &error);

  g_assert_no_error (error);
  g_assert_nonnull (update);
  g_assert_cmpint (ekl_kalman_update_get_form (update), ==, form);
  return update;
}

/* The new ensemble (J, P) by the update. */
static double *
move (EklKalmanUpdate *update,
      const NaiveStep *step,
      const EklNetwork *network,
      gsize J,
      const double *U,
      const EklBatch *batch)
{
  g_autoptr (EklEnsemble) ensemble = test_ensemble_of_rows (network, (guint) J, U);
  g_autofree guint8 *broken = g_new0 (guint8, J);
  g_auto (Whitened) w;

  whiten (step, network, J, U, batch, &w);
  g_assert_true (ekl_kalman_update_prepare (update, &w.analysis, NULL));
  g_assert_true (ekl_kalman_update_apply (update, &w.analysis, ensemble, broken, NULL));
  for (gsize j = 0; j < J; j++)
    g_assert_cmpuint (broken[j], ==, 0);
  return test_ensemble_rows (ensemble);
}

static double *
normals (guint32 seed, gsize n, double scale)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  double *z = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    z[i] = scale * test_normal (rand);
  return z;
}

/* The perturbation, (steps, J, K), or the diffusion, (steps, J, J), of a case. */
static void
test_case_with_given_noise (gconstpointer name)
{
  g_autoptr (TestCase) c = test_case_open (name);
  g_autoptr (TestArray) expected = test_case_read (c, "U");
  gboolean aldi = g_str_equal (name, "aldi");
  g_autoptr (TestArray) noise = test_case_read (c, aldi ? "xi" : "eta");
  gsize J = expected->shape[1], P = expected->shape[2], n_steps = noise->shape[0];
  gsize length = noise->shape[1] * noise->shape[2];
  double gamma = pow (test_case_get_double (c, "gamma"), 2);
  g_autofree double *std = constant (aldi ? test_case_get_double (c, "prior_std") : 1, P);
  g_autofree double *U = g_memdup2 (expected->v, J * P * sizeof (double));
  g_autoptr (EklKalmanUpdate) update =
    new_update (&c->network, aldi ? EKL_FORM_ALDI : EKL_FORM_KALMAN, J, c->batch.n_data);
  NaiveStep step = {
    .h = test_case_get_double (c, "h"),
    .gamma = &gamma,
    .prior_std = std,
    .prior_mean = aldi ? test_case_get_double (c, "prior_mean") : 0,
  };

  g_assert_cmpuint (expected->shape[0], ==, n_steps + 1);
  for (gsize n = 0; n < n_steps; n++) {
    double *after;

    *(aldi ? &step.xi : &step.eta) = noise->v + n * length;
    after = move (update, &step, &c->network, J, U, &c->batch);
    g_free (U);
    U = after;
    test_assert_near (U, expected->v + (n + 1) * J * P, J * P, TEST_TOLERANCE (1e-9, 1e-4));
  }
}

/* Gamma_m = v I, for one output or two. */
#define ISOTROPIC(v)                                                                               \
  (const double[])                                                                                 \
  {                                                                                                \
    (v), 0, 0, (v)                                                                                 \
  }

/* K < J, K > J, K < P, K > P; a workspace for more observations than come; enough for several cores and tasks. */
static const struct {
  guint width[3], n_width, n_data, max_observations, size;
  gboolean data_space;
} shapes[] = {
  { { 2, 5, 1 }, 3, 15, 15, 12, FALSE },   { { 2, 5, 1 }, 3, 7, 7, 60, TRUE },
  { { 2, 5, 1 }, 3, 7, 40, 60, TRUE },     { { 3, 2 }, 2, 9, 80, 5, FALSE },
  { { 1, 1 }, 2, 1, 1, 2, TRUE },          { { 2, 1 }, 2, 90, 90, 80, FALSE },
  { { 2, 5, 1 }, 3, 130, 130, 400, TRUE }, { { 2, 5, 1 }, 3, 130, 130, 200, TRUE },
};

#define N_SMALL (G_N_ELEMENTS (shapes) - 2) /* the others are slow for their twins */

static TestProblem *
shape_problem (guint s)
{
  return test_problem_new (shapes[s].width, shapes[s].n_width, EKL_ACTIVATION_TANH,
                           EKL_OUTPUT_IDENTITY, shapes[s].n_data, 80 + s);
}

/* Against dense matrices, with the noise given, and a different prior for every parameter. */
static void
test_dense_twin (gconstpointer data)
{
  EklForm form = GPOINTER_TO_INT (data);

  for (guint s = 0; s < (form == EKL_FORM_KALMAN ? G_N_ELEMENTS (shapes) : N_SMALL); s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    gsize J = shapes[s].size, P = p->network.n_parameters;
    gsize K = (gsize) p->batch.n_outputs * p->batch.n_data;
    g_autofree double *U = normals (s, J * P, .6);
    g_autofree double *eta = normals (s + 10, J * K, .4);
    g_autofree double *xi = normals (s + 20, J * J, 1);
    g_autofree double *std = normals (s + 30, P, 1);
    g_autofree double *rounded = NULL;
    g_autofree double *got = NULL;
    g_autofree double *expected = NULL;
    g_autoptr (EklEnsemble) start = test_ensemble_of_rows (&p->network, (guint) J, U);
    g_autoptr (EklKalmanUpdate) update =
      new_update (&p->network, form, J, shapes[s].max_observations);
    NaiveStep step = { .form = form, .h = .01, .gamma = ISOTROPIC (.16), .prior_mean = .3 };

    for (gsize i = 0; i < P; i++)
      std[i] = .3 + fabs (std[i]);
    if (form == EKL_FORM_KALMAN) {
      step.h = .7;
      step.eta = eta;
      g_assert_cmpint (ekl_kalman_update_in_data_space (update), ==, shapes[s].data_space);
    } else if (form == EKL_FORM_ALDI) {
      step.prior_std = std;
      step.xi = xi;
    }
    rounded = test_ensemble_rows (start);
    got = move (update, &step, &p->network, J, rounded, &p->batch);
    expected = naive_step (&step, &p->network, J, rounded, &p->batch);
    test_assert_near (got, expected, J * P, TEST_TOLERANCE (1e-11, 1e-4));
  }
}

/* Large and small noise, and steps of any length: the square root of [12] stays near the formula
 * where I + S has a condition of a million. */
static void
test_square_root_range (void)
{
  static const double variance[] = { 1e-4, 1, 1e4 };
  static const double h[] = { 1e-3, 1, 100 };

  for (guint s = 0; s < 4; s++)
    for (guint g = 0; g < G_N_ELEMENTS (variance); g++)
      for (guint k = 0; k < G_N_ELEMENTS (h); k++) {
        g_autoptr (TestProblem) p = shape_problem (s);
        gsize J = shapes[s].size, n = J * p->network.n_parameters;
        g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, (guint) J, .6, s);
        g_autofree double *U = test_ensemble_rows (start);
        g_autofree double *got = NULL;
        g_autofree double *expected = NULL;
        g_autoptr (EklKalmanUpdate) update =
          new_update (&p->network, EKL_FORM_ETKI, J, shapes[s].max_observations);
        NaiveStep step = { .form = EKL_FORM_ETKI, .h = h[k], .gamma = ISOTROPIC (variance[g]) };

        got = move (update, &step, &p->network, J, U, &p->batch);
        expected = naive_step (&step, &p->network, J, U, &p->batch);
        test_assert_near (got, expected, n, TEST_TOLERANCE (1e-8, 1e-3));
      }
}

/* Residuals that are not y - G: the continuous form takes what it is given, [11]. */
static void
test_given_residuals (void)
{
  for (guint s = 0; s < N_SMALL; s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    gsize J = shapes[s].size, P = p->network.n_parameters;
    gsize K = (gsize) p->batch.n_outputs * p->batch.n_data;
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, (guint) J, .6, s);
    g_autofree double *U = test_ensemble_rows (ensemble);
    g_autofree double *G = naive_outputs (&p->network, J, U, &p->batch);
    g_autofree double *R = normals (s, J * K, 1);
    g_autofree double *got = NULL;
    g_autofree guint8 *broken = g_new0 (guint8, J);
    g_autoptr (EklKalmanUpdate) update =
      new_update (&p->network, EKL_FORM_EULER, J, shapes[s].max_observations);
    NaiveStep step = { .form = EKL_FORM_EULER, .h = .03, .gamma = ISOTROPIC (1) };
    g_auto (Whitened) w;

    whiten (&step, &p->network, J, U, &p->batch, &w);
    w.analysis.residuals = w.residuals = test_reals (R, J * K);
    g_assert_true (ekl_kalman_update_prepare (update, &w.analysis, NULL));
    g_assert_true (ekl_kalman_update_apply (update, &w.analysis, ensemble, broken, NULL));
    got = test_ensemble_rows (ensemble);
    for (gsize k = 0; k < K; k++)
      for (gsize q = 0; q < P; q++) {
        double c = naive_covariance (G + k, K, U + q, P, J);

        for (gsize j = 0; j < J; j++)
          got[j * P + q] -= step.h * c * R[j * K + k];
      }
    test_assert_near (got, U, J * P, TEST_TOLERANCE (1e-12, 1e-5));
  }
}

/* |D|_F of [14], D_jk = <G^k - Gbar, Gamma^{-1} (G^j - y)> */
static void
test_norm (gconstpointer data)
{
  EklForm form = GPOINTER_TO_INT (data);

  for (guint s = 0; s < N_SMALL; s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    gsize J = shapes[s].size, K = (gsize) p->batch.n_outputs * p->batch.n_data;
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, (guint) J, .6, s);
    g_autofree double *U = test_ensemble_rows (ensemble);
    g_autofree double *G = naive_outputs (&p->network, J, U, &p->batch);
    g_autofree double *y = naive_targets (&p->batch);
    g_autofree double *mean = naive_mean (G, J, K);
    g_autoptr (EklKalmanUpdate) update =
      new_update (&p->network, form, J, shapes[s].max_observations);
    const double gamma = .09;
    double sum = 0;
    NaiveStep step = { .form = form, .gamma = ISOTROPIC (gamma) }; /* h is not known yet */
    g_auto (Whitened) w;

    for (gsize j = 0; j < J; j++)
      for (gsize i = 0; i < J; i++) {
        double d = 0;

        for (gsize k = 0; k < K; k++)
          d += (G[i * K + k] - mean[k]) * (G[j * K + k] - y[k]) / gamma;
        sum += d * d;
      }
    whiten (&step, &p->network, J, U, &p->batch, &w);
    g_assert_true (ekl_kalman_update_prepare (update, &w.analysis, NULL));
    g_assert_cmpfloat_with_epsilon (ekl_kalman_update_get_norm (update, &w.analysis) / sqrt (sum),
                                    1, TEST_TOLERANCE (1e-11, 1e-4));
  }
}

/* Numbers that no matrix can be factorised of: refused, and nothing has moved. */
static void
test_overflow (gconstpointer data)
{
  EklForm form = GPOINTER_TO_INT (data);

  for (guint s = 0; s < 4; s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    gsize J = shapes[s].size, P = p->network.n_parameters;
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, (guint) J, .6, s);
    g_autofree double *U = test_ensemble_rows (ensemble);
    g_autofree double *after = NULL;
    g_autofree double *std = constant (1, P);
    g_autofree double *xi = normals (1, J * J, 1);
    g_autofree guint8 *broken = g_new0 (guint8, J);
    g_autoptr (EklKalmanUpdate) update =
      new_update (&p->network, form, J, shapes[s].max_observations);
    NaiveStep step = { .form = form, .h = 1, .gamma = ISOTROPIC (1), .prior_std = std, .xi = xi };
    g_auto (Whitened) w;

    whiten (&step, &p->network, J, U, &p->batch, &w);
    w.anomalies[0] = INFINITY;
    w.parameters[0] = INFINITY;
    g_assert_true (ekl_kalman_update_prepare (update, &w.analysis, NULL));
    g_assert_false (ekl_kalman_update_apply (update, &w.analysis, ensemble, broken, NULL));
    after = test_ensemble_rows (ensemble);
    g_assert_cmpmem (after, J * P * sizeof (double), U, J * P * sizeof (double));
  }
}

/* A particle that leaves the range of the numbers is marked, the others are not. */
static void
test_broken_is_marked (void)
{
  g_autoptr (TestProblem) p = shape_problem (0);
  const gsize J = 12, P = p->network.n_parameters;
  g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *U = test_ensemble_rows (ensemble);
  g_autofree guint8 *broken = g_new0 (guint8, J);
  g_autoptr (EklKalmanUpdate) update = new_update (&p->network, EKL_FORM_EULER, J, 15);
  NaiveStep step = { .form = EKL_FORM_EULER, .h = 1, .gamma = ISOTROPIC (1) };
  g_auto (Whitened) w;

  whiten (&step, &p->network, J, U, &p->batch, &w);
  w.analysis.residuals = w.residuals = g_new0 (real, J * 15);
  w.residuals[4 * 15 + 2] = NAN;
  g_assert_true (ekl_kalman_update_prepare (update, &w.analysis, NULL));
  g_assert_true (ekl_kalman_update_apply (update, &w.analysis, ensemble, broken, NULL));
  for (gsize j = 0; j < J; j++) {
    g_autofree real *u = g_new (real, P);

    ekl_ensemble_get_particle (ensemble, (guint) j, u);
    g_assert_cmpuint (broken[j], ==, j == 4);
    g_assert_cmpint (isfinite (u[0]) != 0, ==, j != 4);
  }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    EklForm form;
  } forms[] = {
    { "kalman", EKL_FORM_KALMAN },
    { "etki", EKL_FORM_ETKI },
    { "aldi", EKL_FORM_ALDI },
    { "euler", EKL_FORM_EULER },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/kalman-update/case/eki-kalman-given-noise", "eki-kalman-given-noise",
                        test_case_with_given_noise);
  g_test_add_data_func ("/kalman-update/case/aldi", "aldi", test_case_with_given_noise);
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    g_autofree char *twin = g_strconcat ("/kalman-update/dense-twin/", forms[f].name, NULL);
    g_autofree char *norm = g_strconcat ("/kalman-update/norm/", forms[f].name, NULL);
    g_autofree char *overflow = g_strconcat ("/kalman-update/overflow/", forms[f].name, NULL);

    g_test_add_data_func (twin, GINT_TO_POINTER (forms[f].form), test_dense_twin);
    g_test_add_data_func (norm, GINT_TO_POINTER (forms[f].form), test_norm);
    if (forms[f].form != EKL_FORM_EULER) /* which factorises nothing */
      g_test_add_data_func (overflow, GINT_TO_POINTER (forms[f].form), test_overflow);
  }
  g_test_add_func ("/kalman-update/square-root-range", test_square_root_range);
  g_test_add_func ("/kalman-update/given-residuals", test_given_residuals);
  g_test_add_func ("/kalman-update/broken-is-marked", test_broken_is_marked);
  return g_test_run ();
}
