/* test-past.c - looking back: the pictures of a step that is over are those that it had
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "run-fixture.h"

#include <math.h>
#include <string.h>

#define N_STEPS 30

static EklRun *
make_run_that_remembers (Fixture *fixture)
{
  EklRun *run = make_run (fixture);

  ekl_run_keep_start (run);
  ekl_run_keep_moments (run);
  /* a plane that is the same for all steps */
  ekl_run_set_plane (run, &(EklPlaneWish){ .basis = EKL_PLANE_BASIS_RANDOM });
  return run;
}

static EklFrame *
look_at (EklRun *run, guint64 at)
{
  ekl_run_look_back (run, TRUE, at);
  return ekl_run_make_frame (run, EKL_FRAME_ALL);
}

static void
assert_same_predictions (const EklPredictions *a, const EklPredictions *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->n_points, ==, b->n_points);
  for (guint i = 0; i < a->n_points; i++) {
    g_assert_cmpfloat (a->mean_particle[i], ==, b->mean_particle[i]);
    g_assert_cmpfloat (a->descent[i], ==, b->descent[i]);
    g_assert_cmpfloat (a->low[i], ==, b->low[i]);
  }
}

static void
assert_same_cloud (const EklPlane *a, const EklPlane *b)
{
  g_assert_cmpuint (a->n_particles, ==, b->n_particles);
  g_assert_cmpmem (a->particle, a->n_particles * sizeof *a->particle, b->particle,
                   b->n_particles * sizeof *b->particle);
  g_assert_cmpmem (a->particle_loss, a->n_particles * sizeof *a->particle_loss, b->particle_loss,
                   b->n_particles * sizeof *b->particle_loss);
  g_assert_cmpfloat (a->mean.x, ==, b->mean.x);
  g_assert_cmpfloat (a->covariance[1], ==, b->covariance[1]);
}

/* The paths end at that step, as they did then, and go on behind it. */
static void
assert_ends_there (const EklPlane *past, const EklPlane *then, const EklPlane *now)
{
  g_assert_cmpuint (past->n_mean_path, ==, then->n_mean_path);
  g_assert_cmpuint (past->n_descent_path, ==, then->n_descent_path);
  g_assert_cmpuint (past->n_mean_path + past->n_mean_ahead, ==, now->n_mean_path);
  g_assert_cmpuint (past->n_descent_path + past->n_descent_ahead, ==, now->n_descent_path);
  for (guint i = 0; i < past->n_descent_path; i++)
    g_assert_cmpfloat (fabs (past->descent_path[i].x - then->descent_path[i].x), <, 1e-6);
  for (guint i = 0; i < past->n_mean_path; i++)
    g_assert_cmpfloat (fabs (past->mean_path[i].y - then->mean_path[i].y), <, 1e-5);
  for (guint i = 1; i < now->n_mean_path; i++)
    g_assert_cmpuint (past->mean_path_step[i], >, past->mean_path_step[i - 1]);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run_that_remembers (fixture);
  EklFrame *then[N_STEPS + 1];

  for (guint k = 0; k <= N_STEPS; k++) {
    if (k > 0)
      step (run, 1);
    then[k] = ekl_run_make_frame (run, EKL_FRAME_ALL);
    g_assert_false (then[k]->is_past);
  }
  for (guint k = 0; k < N_STEPS; k++) {
    g_autoptr (EklFrame) past = look_at (run, k);

    g_assert_true (past->is_past);
    g_assert_cmpuint (past->past_step, ==, k);
    g_assert_cmpuint (past->record.step, ==, N_STEPS);
    assert_same_cloud (past->plane, then[k]->plane);
    assert_ends_there (past->plane, then[k]->plane, then[N_STEPS]->plane);
    assert_same_predictions (past->predictions, then[k]->predictions);
    g_assert_cmpuint (past->ensemble->step, ==, k);
    g_assert_cmpfloat (past->ensemble->now->effective_rank, ==,
                       then[k]->ensemble->now->effective_rank);
    g_assert_null (past->advice);
  }
  for (guint k = 0; k <= N_STEPS; k++)
    ekl_frame_free (then[k]);
}

/* The newest step is not past, and those that are still to come neither. */
static void
test_newest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run_that_remembers (fixture);

  for (guint64 at = 0; at < 3; at++) {
    g_autoptr (EklFrame) frame = look_at (run, at);

    g_assert_false (frame->is_past);
  }
  step (run, 2);
  for (guint64 at = 0; at < 5; at++) {
    g_autoptr (EklFrame) frame = look_at (run, at);

    g_assert_true (frame->is_past == (at < 2));
    g_assert_true (ekl_run_is_looking_back (run) == (at < 2));
  }
  ekl_run_look_back (run, FALSE, 0);
  g_assert_false (ekl_run_is_looking_back (run));
}

/* Whoever looks back changes no bit of the run, whatever is changed in its middle. */
static void
test_no_bit_changes (Fixture *fixture, gconstpointer data)
{
  double *rows[2];
  gsize n[2];

  for (guint looks = 0; looks < 2; looks++) {
    g_autoptr (EklRun) run = looks ? make_run_that_remembers (fixture) : make_run (fixture);

    for (guint k = 0; k < N_STEPS; k++) {
      step (run, 1);
      if (k == 10)
        g_assert_true (set_uint (run, "ensemble-size", 80, NULL, NULL));
      if (k == 20)
        g_assert_true (set_uint (run, "ensemble-size", 20, NULL, NULL));
      if (looks) {
        g_autoptr (EklFrame) frame = look_at (run, k / 2);

        g_assert_cmpuint (frame->past_step, ==, k / 2);
        g_assert_cmpuint (frame->plane->n_particles, ==, k / 2 > 10 ? 80 : 50);
        while (ekl_run_refine_contours (run))
          continue;
      }
    }
    rows[looks] = get_rows (run, &n[looks]);
  }
  g_assert_cmpmem (rows[0], n[0] * sizeof (double), rows[1], n[1] * sizeof (double));
  g_free (rows[0]);
  g_free (rows[1]);
}

/* A method that is off has no past. */
static void
test_one_method (Fixture *fixture, gconstpointer data)
{
  static const char *const methods[] = { "eki", "gd" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_autoptr (EklRun) run = NULL;
    g_autoptr (EklFrame) frame = NULL;

    ekl_experiment_set_text (fixture->experiment, "methods", methods[i], NULL);
    run = make_run_that_remembers (fixture);
    step (run, 5);
    frame = look_at (run, 2);
    g_assert_true (frame->is_past);
    g_assert_cmpuint (frame->plane->n_particles, ==, i == 0 ? 50 : 0);
    g_assert_true ((frame->ensemble != NULL) == (i == 0));
    g_assert_cmpuint (frame->plane->n_mean_path, ==, i == 0 ? 3 : 0);
    g_assert_cmpuint (frame->plane->n_descent_path, ==, i == 1 ? 3 : 0);
    g_assert_cmpuint (frame->plane->n_descent_ahead, ==, i == 1 ? 3 : 0);
  }
}

/* Before the first step the start can change, and then it is the new one that is remembered. */
static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run_that_remembers (fixture);
  g_autoptr (EklFrame) wide = NULL;
  g_autoptr (EklFrame) past = NULL;

  g_assert_true (set_double (run, "prior-weight-std", 3, NULL, NULL));
  wide = ekl_run_make_frame (run, EKL_FRAME_ALL);
  step (run, 4);
  past = look_at (run, 0);
  assert_same_cloud (past->plane, wide->plane);
}

/* Another J on the way: who is selected may have been there, or is there no more. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  const guint selected[] = { 3, 40, 70 };
  g_autoptr (EklRun) run = make_run_that_remembers (fixture);

  ekl_run_set_selection (run, selected, G_N_ELEMENTS (selected));
  step (run, 5);
  g_assert_true (set_uint (run, "ensemble-size", 80, NULL, NULL));
  step (run, 5);
  g_assert_true (set_uint (run, "ensemble-size", 20, NULL, NULL));
  step (run, 5);
  for (guint64 at = 0; at <= 15; at++) {
    g_autoptr (EklFrame) frame = look_at (run, at);
    const guint there = at < 5 ? 2 : at < 10 ? 3 : 1;

    g_assert_cmpuint (frame->predictions->n_selected, ==, there);
    /* how their losses went: as long as nobody has looked at the newest step, of nobody */
    g_assert_true ((frame->selection == NULL) == (at < 15));
  }
}

/* Nobody asked for it: there is nothing to look back at. */
static void
test_not_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) frame = NULL;

  step (run, 5);
  frame = look_at (run, 1);
  g_assert_false (frame->is_past);
  g_assert_false (frame->plane->is_past);
}

int
main (int argc, char *argv[])
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("/past/pictures", "boston", test_pictures);
  ADD ("/past/newest", "sine", test_newest);
  ADD ("/past/no-bit-changes", "sine", test_no_bit_changes);
  ADD ("/past/one-method", "sine", test_one_method);
  ADD ("/past/start", "sine", test_start);
  ADD ("/past/selection", "sine", test_selection);
  ADD ("/past/not-kept", "sine", test_not_kept);
  return g_test_run ();
}
