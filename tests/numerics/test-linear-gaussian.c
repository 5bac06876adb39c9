/* test-linear-gaussian.c - linear models, where the answer is known: posterior, MAP and velocity
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/cases.h"
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* The covariance of the rows (J, P), divisor J - 1, as in [12]. */
static double *
sample_covariance (const double *rows, gsize J, gsize P)
{
  double *cov = g_new (double, P *P);

  for (gsize a = 0; a < P; a++)
    for (gsize b = 0; b < P; b++)
      cov[a * P + b] = naive_covariance (rows + a, P, rows + b, P, J) * J / (J - 1);
  return cov;
}

/* The matrix A (K, P) of a network of one layer: column p is the answer to the unit vector p. */
static double *
model_matrix (const TestProblem *p)
{
  gsize P = p->network.n_parameters, K = (gsize) p->batch.n_outputs * p->batch.n_data;
  g_autofree double *unit = g_new0 (double, P);
  g_autofree double *g = g_new (double, K);
  double *A = g_new (double, K *P);

  for (gsize q = 0; q < P; q++) {
    unit[q] = 1;
    naive_forward (&p->network, unit, &p->batch, EKL_LOGITS, g);
    unit[q] = 0;
    for (gsize k = 0; k < K; k++)
      A[k * P + q] = g[k];
  }
  return A;
}

/* Mean and covariance of a Gaussian given y = A u + N(0, Gamma), in place: m += C A' (A C A' +
 * Gamma)^{-1} (y - A m), C -= C A' (A C A' + Gamma)^{-1} A C. C may be singular. */
static void
condition (const TestProblem *p, const double *gamma, double *m, double *C)
{
  gsize P = p->network.n_parameters, N = p->batch.n_data;
  gsize n_outputs = p->batch.n_outputs, K = n_outputs * N;
  g_autofree double *A = model_matrix (p);
  g_autofree double *AC = g_new0 (double, K *P);
  g_autofree double *gain = NULL; /* transposed */
  g_autofree double *M = g_new0 (double, K *K);

  for (gsize k = 0; k < K; k++)
    for (gsize q = 0; q < P; q++)
      for (gsize r = 0; r < P; r++)
        AC[k * P + q] += A[k * P + r] * C[r * P + q];
  for (gsize k = 0; k < K; k++)
    for (gsize l = 0; l < K; l++) {
      M[k * K + l] = k % N == l % N ? gamma[k / N * n_outputs + l / N] : 0;
      for (gsize q = 0; q < P; q++)
        M[k * K + l] += AC[k * P + q] * A[l * P + q];
    }
  gain = g_memdup2 (AC, K * P * sizeof (double));
  naive_solve (M, gain, K, P);
  for (gsize k = 0; k < K; k++) {
    double r = p->batch.y[k];

    for (gsize q = 0; q < P; q++)
      r -= A[k * P + q] * m[q];
    M[k] = r; /* its turn is over */
  }
  for (gsize q = 0; q < P; q++)
    for (gsize k = 0; k < K; k++) {
      m[q] += gain[k * P + q] * M[k];
      for (gsize r = 0; r < P; r++)
        C[q * P + r] -= gain[k * P + q] * AC[k * P + r];
    }
}

/* y = A u without biases: every particle's bias is 0, so nothing ever moves it. */
static TestProblem *
read_case (const TestCase *c, guint *J, double **rows)
{
  g_autoptr (TestArray) A = test_case_read (c, "A");
  g_autoptr (TestArray) y = test_case_read (c, "y");
  g_autoptr (TestArray) U0 = test_case_read (c, "U0");
  guint N = A->shape[0], n = A->shape[1];
  TestProblem *p =
    test_problem_new ((guint[]){ n, 1 }, 2, EKL_ACTIVATION_IDENTITY, EKL_OUTPUT_IDENTITY, N, 1);

  for (guint i = 0; i < N; i++) {
    p->y[i] = (real) y->v[i];
    for (guint f = 0; f < n; f++)
      p->x[f * N + i] = (real) A->v[i * n + f];
  }
  *J = U0->shape[0];
  *rows = g_new0 (double, *J *(n + 1));
  for (guint j = 0; j < *J; j++)
    memcpy (*rows + j * (n + 1), U0->v + j * n, n * sizeof (double));
  return p;
}

/* The weights of the rows (J, P), without the bias, which must be 0. */
static double *
weights_of (const EklInversion *inversion, gsize J, gsize P)
{
  g_autofree double *rows = test_inversion_rows (inversion);
  double *weights = g_new (double, J *(P - 1));

  for (gsize j = 0; j < J; j++) {
    g_assert_cmpfloat (rows[j * P + P - 1], ==, 0);
    memcpy (weights + j * (P - 1), rows + j * P, (P - 1) * sizeof (double));
  }
  return weights;
}

/* The ladder of the reference: its ensemble, and the exact posterior. */
static void
test_case_posterior (void)
{
  static const double ladder[] = { .05, .2, .45, .3 };
  g_autoptr (TestCase) c = test_case_open_bare ("linear-gaussian");
  g_autoptr (TestArray) expected = test_case_read (c, "etki_U");
  g_autoptr (TestArray) mean = test_case_read (c, "posterior_mean");
  g_autoptr (TestArray) cov = test_case_read (c, "posterior_cov");
  g_autofree double *rows = NULL;
  guint J;
  g_autoptr (TestProblem) p = read_case (c, &J, &rows);
  gsize P = p->network.n_parameters;
  g_autoptr (EklEnsemble) start = test_ensemble_of_rows (&p->network, J, rows);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, p->batch.n_data, 1);
  g_autofree double *got = NULL;
  g_autofree double *got_mean = NULL;
  g_autofree double *got_cov = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  const double tolerance = TEST_TOLERANCE (1e-9, 1e-4);

  settings.form = EKL_FORM_ETKI;
  settings.noise_std = test_case_get_double (c, "gamma");
  for (guint n = 0; n < G_N_ELEMENTS (ladder); n++) {
    settings.step_size = ladder[n];
    test_inversion_run (inversion, &settings, &p->batch, 1);
  }
  got = weights_of (inversion, J, P);
  got_mean = naive_mean (got, J, P - 1);
  got_cov = sample_covariance (got, J, P - 1);
  test_assert_near (got, expected->v, expected->length, tolerance);
  test_assert_near (got_mean, mean->v, P - 1, tolerance);
  test_assert_near (got_cov, cov->v, (P - 1) * (P - 1), tolerance);
}

/* [21]: the reference's velocity, which is -C grad Phi of each particle. */
static void
test_case_velocity (void)
{
  g_autoptr (TestCase) c = test_case_open_bare ("linear-gaussian");
  g_autoptr (TestArray) velocity = test_case_read (c, "velocity");
  g_autoptr (TestArray) gradient = test_case_read (c, "gradient");
  g_autoptr (TestArray) C = test_case_read (c, "C");
  g_autofree double *rows = NULL;
  guint J;
  g_autoptr (TestProblem) p = read_case (c, &J, &rows);
  gsize P = p->network.n_parameters, n = P - 1;
  g_autoptr (EklEnsemble) start = test_ensemble_of_rows (&p->network, J, rows);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, p->batch.n_data, 1);
  g_autofree double *got = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.form = EKL_FORM_EULER;
  settings.noise_std = test_case_get_double (c, "gamma");
  settings.step_size = .125;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  got = weights_of (inversion, J, P);
  for (gsize j = 0; j < J; j++)
    for (gsize q = 0; q < n; q++) {
      double along = 0;

      got[j * n + q] = (got[j * n + q] - rows[j * P + q]) / settings.step_size;
      for (gsize r = 0; r < n; r++)
        along -= C->v[q * n + r] * gradient->v[j * n + r];
      g_assert_cmpfloat_with_epsilon (velocity->v[j * n + q], along, 1e-9);
    }
  test_assert_near (got, velocity->v, J * n, TEST_TOLERANCE (1e-9, 1e-4));
}

/* Random models, one and two outputs, few and many data, more and fewer particles than parameters
 * (the sample covariance is singular then), any Gamma. */
static const struct {
  guint width[2], n_data, size;
} shapes[] = {
  { { 4, 1 }, 3, 30 },
  { { 4, 1 }, 60, 12 },
  { { 2, 2 }, 5, 25 },
  { { 6, 2 }, 20, 5 },
};
static const double gammas[2][4] = { { .16 }, { .5, .3, .3, .4 } };

typedef struct {
  TestProblem *problem;
  const double *gamma;
  EklNoiseCovariance *noise;
  EklEnsemble *start;
  double *mean, *cov; /* of the start, then of the posterior */
} Linear;

static void
linear_init (Linear *self, guint s)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (s);
  g_autofree double *U = NULL;
  g_autofree double *exact = NULL;
  gsize J = shapes[s].size, P;

  self->problem = test_problem_new (shapes[s].width, 2, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY,
                                    shapes[s].n_data, 30 + s);
  self->gamma = gammas[shapes[s].width[1] - 1];
  self->noise = ekl_noise_covariance_new_full (shapes[s].width[1], self->gamma, &error);
  g_assert_no_error (error);
  P = self->problem->network.n_parameters;
  U = g_new (double, J *P);
  for (gsize i = 0; i < J * P; i++) /* neighbours correlated, the mean not 0 */
    U[i] = (i % P > 0 ? .7 * U[i - 1] : 1) + (.3 + .1 * (i % P)) * test_normal (rand);
  self->start = test_ensemble_of_rows (&self->problem->network, (guint) J, U);
  exact = test_ensemble_rows (self->start);
  self->mean = naive_mean (exact, J, P);
  self->cov = sample_covariance (exact, J, P);
}

static void
linear_clear (Linear *self)
{
  test_problem_free (self->problem);
  ekl_noise_covariance_unref (self->noise);
  ekl_ensemble_free (self->start);
  g_free (self->mean);
  g_free (self->cov);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Linear, linear_clear)

static void
assert_moments (const EklInversion *inversion, const Linear *l)
{
  g_autofree double *rows = test_inversion_rows (inversion);
  gsize J = ekl_ensemble_get_size (ekl_inversion_get_ensemble (inversion));
  gsize P = l->problem->network.n_parameters;
  g_autofree double *mean = naive_mean (rows, J, P);
  g_autofree double *cov = sample_covariance (rows, J, P);

  test_assert_near (mean, l->mean, P, TEST_TOLERANCE (1e-9, 1e-4));
  test_assert_near (cov, l->cov, P * P, TEST_TOLERANCE (1e-9, 1e-4));
}

/* [12]: positive steps of sum 1, whatever they are, end at the posterior. */
static void
test_ladder (void)
{
  static const double ladders[][4] = { { 1 },
                                       { .5, .5 },
                                       { .01, .09, .3, .6 },
                                       { .97, .01, .01, .01 } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_auto (Linear) l;

    linear_init (&l, s);
    condition (l.problem, l.gamma, l.mean, l.cov);
    for (guint k = 0; k < G_N_ELEMENTS (ladders); k++) {
      g_autoptr (EklInversion) inversion = test_inversion_new (l.start, shapes[s].n_data, 1);
      EklInversionSettings settings = TEST_PLAIN_SETTINGS;

      settings.form = EKL_FORM_ETKI;
      settings.noise = l.noise;
      for (guint n = 0; n < 4 && ladders[k][n] > 0; n++) {
        settings.step_size = ladders[k][n];
        test_inversion_run (inversion, &settings, &l.problem->batch, 1);
      }
      assert_moments (inversion, &l);
    }
  }
}

/* [15] with T = 1 is such a ladder too. */
static void
test_misfit_ladder (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_auto (Linear) l;
    g_autoptr (EklInversion) inversion = NULL;
    EklInversionSettings settings = TEST_PLAIN_SETTINGS;

    linear_init (&l, s);
    condition (l.problem, l.gamma, l.mean, l.cov);
    inversion = test_inversion_new (l.start, shapes[s].n_data, 1);
    settings.form = EKL_FORM_ETKI;
    settings.noise = l.noise;
    settings.step_rule = EKL_STEP_RULE_MISFIT;
    settings.stop_time = 1;
    for (guint n = 0; n < 1000; n++)
      if (!ekl_inversion_step (inversion, &settings, &l.problem->batch, shapes[s].n_data))
        break;
    g_assert_true (ekl_inversion_get_info (inversion)->finished);
    assert_moments (inversion, &l);
  }
}

/* [13] in the square-root form: the prior is observed like the data, so the posterior is that of
 * the data and of one more look at the prior N(m0, C0). */
static void
test_ladder_with_prior (void)
{
  g_auto (Linear) l;
  g_autoptr (EklInversion) inversion = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  gsize P;
  g_autofree double *std = NULL;

  linear_init (&l, 0);
  P = l.problem->network.n_parameters;
  std = g_new (double, P);
  settings.prior = (EklPrior){ .weight_std = .8, .bias_std = .3, .mean = .5 };
  ekl_prior_standard_deviations (&settings.prior, &l.problem->network, std);
  condition (l.problem, l.gamma, l.mean, l.cov);
  for (gsize q = 0; q < P; q++) { /* one parameter at a time: u_q = m0 + N(0, std^2) */
    g_autofree double *gain = g_new (double, P);
    double gap = settings.prior.mean - l.mean[q];

    for (gsize r = 0; r < P; r++)
      gain[r] = l.cov[r * P + q] / (l.cov[q * P + q] + std[q] * std[q]);
    for (gsize r = 0; r < P; r++)
      l.mean[r] += gain[r] * gap;
    for (gsize r = 0; r < P; r++) {
      double row_q = l.cov[q * P + r];

      for (gsize t = 0; t < P; t++)
        if (t != q)
          l.cov[t * P + r] -= gain[t] * row_q;
      l.cov[q * P + r] -= gain[q] * row_q;
    }
  }
  inversion = test_inversion_new (l.start, shapes[0].n_data, 1);
  settings.form = EKL_FORM_ETKI;
  settings.noise = l.noise;
  settings.prior_term = TRUE;
  settings.step_size = .25;
  test_inversion_run (inversion, &settings, &l.problem->batch, 4);
  assert_moments (inversion, &l);
}

/* [6]: one datum at a time, the posterior of each the prior of the next, ends where all of them at
 * once end. */
static void
test_online (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    guint N = shapes[s].n_data, n = shapes[s].width[0], m = shapes[s].width[1];
    g_auto (Linear) l;
    g_autoptr (EklInversion) inversion = NULL;
    g_autofree real *x = g_new (real, n);
    g_autofree real *y = g_new (real, m);
    EklBatch one = { n, m, 1, x, y };
    EklInversionSettings settings = TEST_PLAIN_SETTINGS;

    linear_init (&l, s);
    condition (l.problem, l.gamma, l.mean, l.cov);
    inversion = test_inversion_new (l.start, 1, 1);
    settings.form = EKL_FORM_ETKI;
    settings.noise = l.noise;
    for (guint i = 0; i < N; i++) {
      for (guint f = 0; f < n; f++)
        x[f] = l.problem->x[f * N + i];
      for (guint o = 0; o < m; o++)
        y[o] = l.problem->y[o * N + i];
      g_assert_true (ekl_inversion_step (inversion, &settings, &one, N));
    }
    g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->model_runs, shapes[s].size,
                                    1e-9);
    assert_moments (inversion, &l);
  }
}

/* [13]: the distance of the mean from the minimiser of the loss with R = lambda |u|^2, lambda =
 * gamma^2/(N s0^2), falls like 1/sqrt(steps). */
static void
test_teki_finds_the_map (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (4, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 12, 3);
  const gsize P = p->network.n_parameters;
  const double s0 = .5, gamma = .3, lambda = gamma * gamma / (12 * s0 * s0);
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 20, s0, 1);
  g_autofree double *map = g_new0 (double, P);
  g_autofree double *cov = g_new0 (double, P *P);
  g_autofree double *gradient = g_new (double, P);
  double distance[2] = { 0 };
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  for (gsize q = 0; q < P; q++)
    cov[q * P + q] = s0 * s0;
  condition (p, (const double[]){ gamma * gamma }, map, cov);
  naive_gradient (&p->network, map, &p->batch, EKL_LOSS_SQUARED, lambda, gradient);
  for (gsize q = 0; q < P; q++)
    g_assert_cmpfloat_with_epsilon (gradient[q], 0, 1e-12);

  settings.prior = (EklPrior){ .weight_std = s0, .scaling = EKL_PRIOR_SCALING_NONE };
  settings.prior_term = TRUE;
  for (guint k = 0; k < 2; k++) {
    g_autofree double *rows = NULL;
    g_autofree double *mean = NULL;

    test_inversion_run (inversion, &settings, &p->batch, k == 0 ? 20 : 1980);
    rows = test_inversion_rows (inversion);
    mean = naive_mean (rows, 20, P);
    for (gsize q = 0; q < P; q++)
      distance[k] += pow (mean[q] - map[q], 2);
  }
  g_assert_cmpfloat (sqrt (distance[0]), >, 1e-4);
  g_assert_cmpfloat (sqrt (distance[1] / distance[0]), <, .15);
  g_assert_cmpfloat (sqrt (distance[1] / distance[0]), >, .05);
}

/* [11] for a softmax of a linear model: every particle moves by -h C grad of N times the
 * cross-entropy, as [21] says of the squared loss. */
static void
test_cross_entropy_velocity (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 4), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, 11, 3);
  const gsize J = 9, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, (guint) J, .7, 1);
  g_autofree double *U = test_inversion_rows (inversion);
  g_autofree double *expected = test_inversion_rows (inversion);
  g_autofree double *g = g_new (double, P);
  g_autofree double *got = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.form = EKL_FORM_EULER;
  settings.loss = EKL_LOSS_CROSS_ENTROPY;
  settings.step_size = .2;
  settings.noise_std = 7; /* not used */
  for (gsize j = 0; j < J; j++) {
    naive_gradient (&p->network, U + j * P, &p->batch, EKL_LOSS_CROSS_ENTROPY, 0, g);
    for (gsize q = 0; q < P; q++)
      for (gsize r = 0; r < P; r++)
        expected[j * P + q] -= .2 * naive_covariance (U + q, P, U + r, P, J) * 11 * g[r];
  }
  test_inversion_run (inversion, &settings, &p->batch, 1);
  got = test_inversion_rows (inversion);
  test_assert_near (got, expected, J * P, TEST_TOLERANCE (1e-11, 1e-4));
}

/* [16]: P = 5, J = 20. After the burn-in the particles are draws of the posterior: pooled over
 * time their mean is within a tenth of its standard deviation and each variance within 15 % (4000
 * of 40000 steps of h = 0.02 are forgotten; the memory is some 1/h = 50 steps, so that 16000 draws
 * count, a statistical error of 1 %; the rest is for the error of order h). Without the term
 * (P+1)/J the trace is about 0.74 of the truth. */
static void
test_aldi_samples_the_posterior (void)
{
  enum { N_STEPS = 40000, BURN_IN = 4000, J = 20, P = 5 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (4, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 6, 3);
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  double mean[P], cov[P * P] = { 0 }, first[P] = { 0 }, second[P] = { 0 };
  const double s0 = .8, m0 = .4, gamma = .5;
  const double n = (double) (N_STEPS - BURN_IN) * J;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  g_assert_cmpuint (p->network.n_parameters, ==, P);
  for (gsize q = 0; q < P; q++) {
    mean[q] = m0;
    cov[q * P + q] = s0 * s0;
  }
  condition (p, (const double[]){ gamma * gamma }, mean, cov);
  settings.form = EKL_FORM_ALDI;
  settings.noise_std = gamma;
  settings.step_size = .02;
  settings.prior = (EklPrior){ .weight_std = s0, .mean = m0, .scaling = EKL_PRIOR_SCALING_NONE };
  for (guint k = 0; k < N_STEPS; k++) {
    g_autofree double *rows = NULL;

    test_inversion_run (inversion, &settings, &p->batch, 1);
    if (k < BURN_IN)
      continue;
    rows = test_inversion_rows (inversion);
    for (gsize i = 0; i < J * P; i++) {
      double d = rows[i] - mean[i % P];

      first[i % P] += d / n;
      second[i % P] += d * d / n;
    }
  }
  for (gsize q = 0; q < P; q++) {
    g_test_message ("parameter %d: mean off by %.3f, variance %.3f of the truth", (int) q,
                    first[q] / sqrt (cov[q * P + q]), second[q] / cov[q * P + q]);
    g_assert_cmpfloat_with_epsilon (first[q] / sqrt (cov[q * P + q]), 0, .1);
    g_assert_cmpfloat_with_epsilon (second[q] / cov[q * P + q], 1, .15);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linear-gaussian/case/posterior", test_case_posterior);
  g_test_add_func ("/linear-gaussian/case/velocity", test_case_velocity);
  g_test_add_func ("/linear-gaussian/ladder", test_ladder);
  g_test_add_func ("/linear-gaussian/misfit-ladder", test_misfit_ladder);
  g_test_add_func ("/linear-gaussian/ladder-with-prior", test_ladder_with_prior);
  g_test_add_func ("/linear-gaussian/online", test_online);
  g_test_add_func ("/linear-gaussian/teki-finds-the-map", test_teki_finds_the_map);
  g_test_add_func ("/linear-gaussian/cross-entropy-velocity", test_cross_entropy_velocity);
  g_test_add_func ("/linear-gaussian/aldi-samples-the-posterior", test_aldi_samples_the_posterior);
  return g_test_run ();
}
