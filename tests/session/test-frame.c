/* test-frame.c - what the pictures get of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "run-fixture.h"

#include <math.h>

static void
test_frames (Fixture *fixture, gconstpointer data)
{
  static const char *const methods[] = { "eki,gd", "eki", "gd" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_autoptr (EklRun) run = NULL;

    ekl_experiment_set_text (fixture->experiment, "methods", methods[i], NULL);
    run = make_run (fixture);
    for (guint k = 0; k < 3; k++) {
      g_autoptr (EklFrame) frame = ekl_run_make_frame (run, EKL_FRAME_ALL);

      g_assert_cmpuint (frame->record.step, ==, 4 * k);
      g_assert_nonnull (frame->plane);
      g_assert_nonnull (frame->predictions);
      g_assert_cmpuint (frame->plane->n_particles, ==, i < 2 ? 50 : 0);
      g_assert_true ((frame->plane->particle_loss != NULL) == (i < 2));
      while (ekl_run_refine_contours (run))
        continue;
      step (run, 4);
    }
  }
}

/* The contours show the loss: at gradient descent's own place they show its loss. */
static void
test_contours (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) first = NULL;
  g_autoptr (EklFrame) second = NULL;
  const EklField *field;

  step (run, 20);
  g_assert_false (ekl_run_refine_contours (run));
  first = ekl_run_make_frame (run, EKL_FRAME_PLANE);
  g_assert_null (first->plane->loss);
  while (ekl_run_refine_contours (run))
    continue;
  g_assert_cmpuint (ekl_run_get_contours_version (run), ==, 4);
  second = ekl_run_make_frame (run, EKL_FRAME_PLANE);
  field = second->plane->loss;
  g_assert_cmpuint (field->n_columns, ==, 65);
  for (guint i = 0; i < field->n_columns * field->n_rows; i++)
    g_assert_false (isnan (field->value[i]));
  for (guint j = 0; j < second->plane->n_particles; j++) {
    g_assert_cmpfloat (second->plane->particle[j].x, >, field->x0);
    g_assert_cmpfloat (second->plane->particle[j].x, <, field->x1);
  }
  /* another basis is another picture */
  ekl_run_set_plane_basis (run, EKL_PLANE_BASIS_RANDOM);
  ekl_frame_free (g_steal_pointer (&first));
  first = ekl_run_make_frame (run, EKL_FRAME_PLANE);
  g_assert_null (first->plane->loss);
  g_assert_true (ekl_run_refine_contours (run) || ekl_run_get_contours_version (run) > 4);
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("/frame/scatter", "boston", test_frames);
  ADD ("/frame/curve", "sine", test_frames);
  ADD ("/frame/field", "moons", test_frames);
  ADD ("/frame/contours", "sine", test_contours);
  return g_test_run ();
}
