/* test-selection.c - particles that are chosen, and points of the start that are dragged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "change.h"
#include "cpu.h"
#include "run-fixture.h"

#include <math.h>
#include <string.h>

static const guint chosen[3] = { 2, 7, 49 };

/* Chosen particles have curves, answers and trails of their own. */
static void
test_chosen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) frame = NULL;
  const EklSelection *selection;

  ekl_run_set_plane (run, &(EklPlaneWish){ .trails = TRUE });
  ekl_run_set_selection (run, chosen, 3);
  for (guint i = 0; i < 5; i++) {
    ekl_frame_free (ekl_run_make_frame (run, EKL_FRAME_NUMBERS));
    step (run, 3);
  }
  frame = ekl_run_make_frame (run, EKL_FRAME_ALL);
  selection = frame->selection;
  g_assert_cmpuint (selection->n, ==, 3);
  g_assert_cmpuint (selection->n_moments, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (selection->step[i], ==, 3 * i);
  for (guint k = 0; k < 3; k++) {
    g_assert_cmpuint (selection->particle[k], ==, chosen[k]);
    g_assert_cmpfloat ((double) selection->loss[k * 6 + 5], ==,
                       (double) frame->plane->particle_loss[chosen[k]]);
  }
  g_assert_cmpuint (frame->predictions->n_selected, ==, 3);
  g_assert_cmpuint (frame->predictions->selected[1], ==, 7);
  for (guint i = 0; i < frame->predictions->n_points; i++)
    g_assert_true (isfinite (frame->predictions->selected_answer[i]));

  ekl_run_set_selection (run, NULL, 0);
  ekl_frame_free (g_steal_pointer (&frame));
  frame = ekl_run_make_frame (run, EKL_FRAME_ALL);
  g_assert_null (frame->selection);
  g_assert_cmpuint (frame->predictions->n_selected, ==, 0);
}

/* Those that are not there are passed over. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  const guint absent[2] = { 49, 50 };
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) frame = NULL;

  ekl_run_set_selection (run, absent, 2);
  frame = ekl_run_make_frame (run, EKL_FRAME_ALL);
  g_assert_cmpuint (frame->selection->n, ==, 1);
  ekl_frame_free (g_steal_pointer (&frame));

  ekl_run_set_selection (run, absent + 1, 1);
  frame = ekl_run_make_frame (run, EKL_FRAME_ALL);
  g_assert_null (frame->selection);
}

/* With classes too, what is drawn over the band is the loss that the band is of. */
static void
test_same_loss (Fixture *fixture, gconstpointer data)
{
  const guint all[3] = { 0, 1, 2 };
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklFrame) frame = NULL;
  double best = INFINITY;

  ekl_experiment_set_text (fixture->experiment, "ensemble-size", "3", NULL);
  ekl_experiment_set_text (fixture->experiment, "weight-noise", "0", NULL);
  run = make_run (fixture);
  ekl_run_set_selection (run, all, 3);
  frame = ekl_run_make_frame (run, EKL_FRAME_ALL);
  for (guint k = 0; k < 3; k++)
    best = MIN (best, (double) frame->selection->loss[k * frame->selection->n_moments]);
  step (run, 1);
  g_assert_cmpfloat_with_epsilon (get_record (run, EKL_METHOD_EKI)->particle_best, best, 1e-4);
}

static void
drag (EklRun *run, const char *point, EklPoint to)
{
  g_autoptr (GError) error = NULL;

  ekl_run_move_in_plane (run, point, to, &error);
  g_assert_no_error (error);
}

/* A dragged particle is where it was put, the others where they were, and the plane with them. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) before = ekl_run_make_frame (run, EKL_FRAME_ALL);
  g_autoptr (EklFrame) after = NULL;
  const EklPlane *plane = before->plane;
  const EklPoint to = { plane->particle[6].x + 1.5, plane->particle[6].y - .7 };

  drag (run, "particle:7", to);
  after = ekl_run_make_frame (run, EKL_FRAME_ALL);
  g_assert_cmpuint (after->plane->basis_version, ==, plane->basis_version);
  for (guint j = 0; j < 50; j++) {
    const EklPoint right = j == 6 ? to : plane->particle[j];

    g_assert_cmpfloat_with_epsilon (after->plane->particle[j].x, right.x, 1e-5);
    g_assert_cmpfloat_with_epsilon (after->plane->particle[j].y, right.y, 1e-5);
    g_assert_true ((after->plane->particle_loss[j] != plane->particle_loss[j]) == (j == 6));
  }
  g_assert_cmpfloat_with_epsilon ((double) after->plane->particle_distance[6],
                                  (double) plane->particle_distance[6], 1e-4);

  drag (run, EKL_CHANGE_DESCENT, (EklPoint){ -1, 2 });
  ekl_frame_free (g_steal_pointer (&after));
  after = ekl_run_make_frame (run, EKL_FRAME_ALL);
  g_assert_cmpfloat_with_epsilon (after->plane->descent_path[0].x, -1, 1e-5);
  g_assert_cmpfloat_with_epsilon (after->plane->descent_path[0].y, 2, 1e-5);
  g_assert_cmpfloat_with_epsilon (after->plane->particle[6].x, to.x, 1e-5);
}

static void
assert_same_ensemble (EklRun *a, EklRun *b)
{
  const guint size = ekl_ensemble_get_size (ekl_run_get_ensemble (a));
  const gsize n = ekl_run_get_network (a)->n_parameters;
  g_autofree real *u = g_new (real, n), *v = g_new (real, n);

  for (guint j = 0; j < size; j++) {
    ekl_ensemble_get_particle (ekl_run_get_ensemble (a), j, u);
    ekl_ensemble_get_particle (ekl_run_get_ensemble (b), j, v);
    g_assert_cmpmem (u, n * sizeof (real), v, n * sizeof (real));
  }
  g_assert_cmpmem (ekl_run_get_descent (a), n * sizeof (real), ekl_run_get_descent (b),
                   n * sizeof (real));
}

/* What was dragged is part of the experiment: the same run again, to the bit. */
static void
test_replay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklRun) again = NULL;
  g_autoptr (EklExperiment) experiment = NULL;
  g_autoptr (GError) error = NULL;

  drag (run, "particle:3", (EklPoint){ .3, .1 });
  drag (run, "particle:3", (EklPoint){ 2, -1 });
  drag (run, EKL_CHANGE_DESCENT, (EklPoint){ -1, 2 });
  experiment = ekl_run_make_experiment (run);
  again = ekl_run_new (experiment, fixture->dataset, &error);
  g_assert_no_error (error);
  assert_same_ensemble (run, again);
  step (run, 5);
  step (again, 5);
  assert_same_ensemble (run, again);

  g_assert_false (ekl_run_move_in_plane (run, "particle:3", (EklPoint){ 0, 0 }, &error));
  g_assert_nonnull (strstr (error->message, "before the first step"));
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "particle:51", "particle:0", "particle:", "mean" };
  g_autoptr (EklRun) run = make_run (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (ekl_run_move_in_plane (run, names[i], (EklPoint){ 0, 0 }, &error));
    g_assert_nonnull (strstr (error->message, names[i]));
  }
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("/selection/chosen-curve", "sine", test_chosen);
  ADD ("/selection/chosen-scatter", "boston", test_chosen);
  ADD ("/selection/same-loss", "pima", test_same_loss);
  ADD ("/selection/absent", "sine", test_absent);
  ADD ("/selection/drag", "sine", test_drag);
  ADD ("/selection/replay", "sine", test_replay);
  ADD ("/selection/nobody", "sine", test_nobody);
  return g_test_run ();
}
