/* test-story.c - steps that are told in their parts, for slow motion
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-engine.h"
#include "run-fixture.h"

#include <math.h>
#include <string.h>

static EklFrame *
tell (EklRun *run)
{
  ekl_run_tell (run);
  step (run, 1);
  return ekl_run_make_frame (run, EKL_FRAME_PLANE | EKL_FRAME_STORY);
}

static void
assert_same_runs (EklRun *a, EklRun *b)
{
  if (ekl_run_get_ensemble (a) != NULL) {
    gsize n;
    g_autofree double *rows_a = get_rows (a, &n);
    g_autofree double *rows_b = get_rows (b, &n);

    g_assert_cmpmem (rows_a, n * sizeof (double), rows_b, n * sizeof (double));
  }
  if (ekl_run_get_descent (a) != NULL) {
    const gsize bytes = ekl_run_get_network (a)->n_parameters * sizeof (real);

    g_assert_cmpmem (ekl_run_get_descent (a), bytes, ekl_run_get_descent (b), bytes);
  }
}

/* Every form, both methods and each alone: the same bits, and the parts that there are. */
static void
test_same_bits (Fixture *fixture, gconstpointer data)
{
  static const char *const forms[] = { "kalman", "euler", "etki", "aldi" };
  static const char *const methods[] = { "eki,gd", "eki", "gd" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    for (guint m = 0; m < G_N_ELEMENTS (methods); m++) {
      g_autoptr (EklRun) plain = NULL;
      g_autoptr (EklRun) told = NULL;

      ekl_experiment_set_text (fixture->experiment, "form", forms[i], NULL);
      ekl_experiment_set_text (fixture->experiment, "methods", methods[m], NULL);
      plain = make_run (fixture);
      told = make_run (fixture);
      step (plain, 6);
      for (guint k = 1; k <= 3; k++) {
        g_autoptr (EklFrame) frame = tell (told);
        g_autoptr (EklStory) copy = ekl_story_copy (frame->story);

        g_assert_cmpuint (copy->step, ==, 2 * k - 1);
        g_assert_true (copy->has_ensemble == (m < 2));
        g_assert_true (copy->has_descent == (m != 1));
        g_assert_cmpuint (copy->n_phases, ==, m == 0 ? 7 : m == 1 ? 5 : 2);
        step (told, 1);
        g_clear_pointer (&frame, ekl_frame_free);
        frame = ekl_run_make_frame (told, EKL_FRAME_PLANE | EKL_FRAME_STORY);
        g_assert_null (frame->story); /* of another step */
      }
      assert_same_runs (plain, told);
    }
}

static void
assert_at (EklPoint a, EklPoint b)
{
  g_assert_cmpfloat_with_epsilon (a.x, b.x, 1e-9 + 1e-9 * fabs (b.x));
  g_assert_cmpfloat_with_epsilon (a.y, b.y, 1e-9 + 1e-9 * fabs (b.y));
}

/* The particles stand where they stood: before the step in the first part, after it in the last. */
static void
test_poses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) frame = NULL;
  g_autoptr (EklPlane) first = NULL;
  g_autoptr (EklPlane) gain = NULL;
  g_autoptr (EklPlane) last = NULL;
  const EklStory *story;

  step (run, 4);
  frame = tell (run);
  story = frame->story;
  g_assert_cmpint (story->phase[0], ==, EKL_PHASE_NOISE);
  first = ekl_story_pose (story, frame->plane, 0, 0);
  gain = ekl_story_pose (story, frame->plane, 3, 0.5);
  last = ekl_story_pose (story, frame->plane, story->n_phases - 1, 1);
  for (guint j = 0; j < frame->plane->n_particles; j++) {
    assert_at (first->particle[j], story->found->particle[j]);
    assert_at (gain->particle[j], story->spread->particle[j]);
    assert_at (last->particle[j], frame->plane->particle[j]);
  }
  assert_at (first->mean, story->found->mean);
  assert_at (first->descent_path[first->n_descent_path - 1], story->descent_found);
  assert_at (last->descent_path[last->n_descent_path - 1],
             frame->plane->descent_path[frame->plane->n_descent_path - 1]);
  /* plain gradient descent goes where the gradient says */
  g_assert_cmpfloat_with_epsilon (story->descent_aim.x, story->descent_moved.x, 1e-4);
  g_assert_cmpfloat_with_epsilon (story->descent_aim.y, story->descent_moved.y, 1e-4);
}

/* The numbers are those of the step. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) frame = tell (run);
  const EklStory *story = frame->story;
  const EklMethodRecord *eki = get_record (run, EKL_METHOD_EKI);
  double sum = 0;

  g_assert_cmpfloat (story->h, ==, eki->step_size);
  g_assert_cmpfloat (story->learning_rate, ==, get_record (run, EKL_METHOD_GD)->step_size);
  g_assert_cmpuint (story->n_observations, ==, 96);
  for (guint j = 0; j < story->size; j++)
    sum += story->loss[j];
  g_assert_cmpfloat_with_epsilon (sum / story->size, eki->particle_mean, 1e-9);
  g_assert_cmpfloat (story->loss_low, ==, eki->particle_best);
  g_assert_nonnull (story->line);
  g_assert_cmpfloat (story->line->move, >, 0);
}

/* Through the engine: the frame that is asked for with the step comes after it. */
static void
test_engine (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklEngine) engine = ekl_engine_new ();

  ekl_engine_start (engine, fixture->experiment, fixture->dataset);
  for (guint k = 1; k <= 5; k++) {
    g_autoptr (EklFrame) frame = NULL;

    ekl_engine_tell_step (engine);
    ekl_engine_request_frame (engine, EKL_FRAME_ALL | EKL_FRAME_STORY);
    g_assert_true (ekl_engine_wait_idle (engine, 60 * G_USEC_PER_SEC));
    frame = ekl_engine_take_frame (engine);
    g_assert_nonnull (frame->story);
    g_assert_cmpuint (frame->story->step, ==, k);
    g_assert_cmpuint (frame->record.step, ==, k);
  }
  /* a pause in between leaves no frame waiting */
  ekl_engine_tell_step (engine);
  ekl_engine_pause (engine);
  ekl_engine_request_frame (engine, EKL_FRAME_PLANE | EKL_FRAME_STORY);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * G_USEC_PER_SEC));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/story/same-bits", "sine", test_same_bits);
  ADD ("/story/poses", "sine", test_poses);
  ADD ("/story/numbers", "sine", test_numbers);
  ADD ("/story/engine", "sine", test_engine);
  return g_test_run ();
}
