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
  ekl_run_set_plane (run, &(EklPlaneWish){ .basis = EKL_PLANE_BASIS_RANDOM });
  ekl_frame_free (g_steal_pointer (&first));
  first = ekl_run_make_frame (run, EKL_FRAME_PLANE);
  g_assert_null (first->plane->loss);
  g_assert_true (ekl_run_refine_contours (run) || ekl_run_get_contours_version (run) > 4);
}

static void
assert_covers (const EklField *field, double x0, double x1, double y0, double y1)
{
  g_assert_cmpfloat (field->x0, <=, x0);
  g_assert_cmpfloat (field->x1, >=, x1);
  g_assert_cmpfloat (field->y0, <=, y0);
  g_assert_cmpfloat (field->y1, >=, y1);
}

/* The whole picture has a ground, whatever its shape, and with room for arrows. */
static void
test_contours_shape (Fixture *fixture, gconstpointer data)
{
  static const double aspects[] = { 3.4, 0.4, 1.6 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (aspects); i++) {
    g_autoptr (EklRun) run = make_run (fixture);
    g_autoptr (EklFrame) frame = NULL;
    const double aspect = aspects[i / 2];
    const EklPlaneWish wish = { .aspect = aspect, .arrows = i % 2 };
    double x0, x1, y0, y1, unit;

    ekl_run_set_plane (run, &wish);
    step (run, 15);
    frame = ekl_run_make_frame (run, EKL_FRAME_PLANE);
    while (ekl_run_refine_contours (run))
      continue;
    ekl_frame_free (g_steal_pointer (&frame));
    frame = ekl_run_make_frame (run, EKL_FRAME_PLANE);
    ekl_plane_extent (frame->plane, 0.06, &x0, &x1, &y0, &y1);
    if (wish.arrows) {
      /* of a picture that is large, and of one that is small */
      const double room = (i < 3 ? 0.12 : 0.25) * MAX (x1 - x0, y1 - y0);
      const EklPoint mean = frame->plane->mean;

      g_assert_true (frame->plane->has_arrows);
      x0 = MIN (x0, mean.x - room);
      x1 = MAX (x1, mean.x + room);
      y0 = MIN (y0, mean.y - room);
      y1 = MAX (y1, mean.y + room);
    }
    unit = MAX ((x1 - x0) / aspect, y1 - y0) / 2;
    assert_covers (frame->plane->loss, (x0 + x1) / 2 - unit * aspect, (x0 + x1) / 2 + unit * aspect,
                   (y0 + y1) / 2 - unit, (y0 + y1) / 2 + unit);
  }
}

/* A view that is animated turns to another plane; one that is not is there at once. */
static void
test_turning (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  gint64 until;

  for (guint animated = 0; animated < 2; animated++) {
    g_autoptr (EklFrame) before = NULL, after = NULL;

    ekl_run_set_plane (run, &(EklPlaneWish){ .basis = EKL_PLANE_BASIS_RANDOM });
    before = ekl_run_make_frame (run, EKL_FRAME_PLANE);
    ekl_run_set_plane (run, &(EklPlaneWish){ .basis = EKL_PLANE_BASIS_PARAMETERS,
                                             .parameter = { 3, 5 },
                                             .animated = animated });
    after = ekl_run_make_frame (run, EKL_FRAME_PLANE);
    g_assert_cmpstr (after->plane->x_name, ==, "W1(4,1)");
    g_assert_true (ekl_run_is_turning (run) == animated);
    g_assert_true ((after->plane->turn < 1) == animated);
  }
  until = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  while (ekl_run_is_turning (run) && g_get_monotonic_time () < until)
    ekl_frame_free (ekl_run_make_frame (run, EKL_FRAME_PLANE));
  g_assert_false (ekl_run_is_turning (run));
}

/* Arrows are what EKI did: their mean is the mean's move, and the noise before the step is not in it. */
static void
check_velocities (const EklPlane *plane)
{
  const guint last = plane->n_trail_points - 1;
  EklPoint mean = { 0, 0 };
  double noise = 0;

  g_assert_nonnull (plane->trail_move);
  g_assert_cmpuint (plane->n_trails, ==, plane->n_particles);
  for (guint k = 0; k < plane->n_trails; k++) {
    const EklPoint *line = plane->trail + k * plane->n_trail_points;

    mean.x += plane->trail_move[k].x / plane->n_trails;
    mean.y += plane->trail_move[k].y / plane->n_trails;
    noise += fabs (line[last].x - line[last - 1].x - plane->trail_move[k].x);
  }
  g_assert_cmpfloat_with_epsilon (mean.x, plane->velocity.x, 1e-4);
  g_assert_cmpfloat_with_epsilon (mean.y, plane->velocity.y, 1e-4);
  g_assert_cmpfloat (noise / plane->n_trails, >, 1e-3);
}

/* Trails and arrows come where they are wanted. */
static void
test_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);

  for (guint wanted = 0; wanted < 2; wanted++) {
    g_autoptr (EklFrame) frame = NULL;
    const EklPlane *plane;

    ekl_run_set_plane (run, &(EklPlaneWish){ .trails = wanted, .arrows = wanted });
    /* the plane is fitted when it is looked at, and trails begin anew then */
    step (run, 40);
    ekl_frame_free (ekl_run_make_frame (run, EKL_FRAME_PLANE));
    step (run, 1);
    frame = ekl_run_make_frame (run, EKL_FRAME_PLANE);
    plane = frame->plane;
    g_assert_true ((plane->n_trails > 0) == wanted);
    g_assert_true (plane->has_arrows == wanted);
    if (wanted) {
      const guint last = plane->n_trail_points - 1;

      g_assert_cmpfloat_with_epsilon (plane->trail[last].x,
                                      plane->particle[plane->trail_particle[0]].x, 1e-4);
      g_assert_true (isfinite (plane->velocity.x) && isfinite (plane->gradient.y) &&
                     isfinite (plane->preconditioned.x));
      check_velocities (plane);
    }
  }
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
  ADD ("/frame/contours-shape", "sine", test_contours_shape);
  ADD ("/frame/turning", "sine", test_turning);
  ADD ("/frame/moves", "sine", test_moves);
  return g_test_run ();
}
