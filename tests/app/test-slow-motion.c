/* test-slow-motion.c - steps told in their parts, behind the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-slow-motion.h"
#include "waiting.h"

/* The window's part in it: frames with the story, where one would show something new. */
typedef struct {
  EklWorkbench *workbench;
  EklSlowMotion *motion;
} Bench;

static void
progress_cb (EklWorkbench *workbench)
{
  if (ekl_workbench_wants_frame (workbench))
    ekl_workbench_request_frame (workbench, EKL_FRAME_ALL | EKL_FRAME_STORY);
}

static guint64
get_step (Bench *bench)
{
  return ekl_workbench_get_record (bench->workbench)->step;
}

static guint64
get_told (Bench *bench)
{
  const EklStory *story = ekl_slow_motion_get_story (bench->motion);

  return story != NULL ? story->step : 0;
}

static void
set_up (Bench *bench, gconstpointer data)
{
  bench->workbench = ekl_workbench_new ();
  g_signal_connect (bench->workbench, "progress", G_CALLBACK (progress_cb), NULL);
  bench->motion = ekl_slow_motion_new (bench->workbench);
  ekl_workbench_open (bench->workbench, "example:sine");
  wait_until (ekl_workbench_get_plane (bench->workbench) != NULL);
}

static void
tear_down (Bench *bench, gconstpointer data)
{
  ekl_workbench_close (bench->workbench);
  g_object_unref (bench->motion);
  g_object_unref (bench->workbench);
}

/* Key by key: seven parts a step, then the next one. */
static void
test_parts (Bench *bench, gconstpointer data)
{
  ekl_slow_motion_next (bench->motion); /* off: nothing happens */
  g_assert_null (ekl_slow_motion_make_plane (bench->motion));
  ekl_slow_motion_set_active (bench->motion, TRUE);
  for (guint step = 1; step <= 3; step++) {
    ekl_slow_motion_next (bench->motion);
    wait_until (get_told (bench) == step);
    g_assert_cmpuint (get_step (bench), ==, step);
    for (guint part = 0; part < 7; part++) {
      g_autoptr (EklPlane) plane = ekl_slow_motion_make_plane (bench->motion);
      const EklPhase phase = ekl_slow_motion_get_story (bench->motion)->phase[part];

      g_assert_cmpuint (ekl_slow_motion_get_index (bench->motion), ==, part);
      g_assert_nonnull (plane);
      g_assert_true (ekl_slow_motion_is_before (bench->motion) == (phase < EKL_PHASE_MOVE));
      g_assert_true ((ekl_slow_motion_get_predictions (bench->motion) != NULL) ==
                     (phase < EKL_PHASE_DESCEND));
      if (part < 6)
        ekl_slow_motion_next (bench->motion);
    }
    wait_until (ekl_slow_motion_is_told (bench->motion));
  }
  ekl_slow_motion_set_active (bench->motion, FALSE);
  g_assert_null (ekl_slow_motion_get_story (bench->motion));
}

/* The answers are those of before the step, method by method. */
static void
test_predictions (Bench *bench, gconstpointer data)
{
  const EklPredictions *shown, *now;
  g_autoptr (EklPredictions) before =
    ekl_predictions_copy (ekl_workbench_get_predictions (bench->workbench));

  ekl_slow_motion_set_active (bench->motion, TRUE);
  ekl_slow_motion_next (bench->motion);
  wait_until (get_told (bench) == 1);
  now = ekl_workbench_get_predictions (bench->workbench);
  shown = ekl_slow_motion_get_predictions (bench->motion);
  g_assert_cmpfloat (shown->mean_particle[0], ==, before->mean_particle[0]);
  g_assert_cmpfloat (shown->descent[0], ==, before->descent[0]);
  while (ekl_slow_motion_is_before (bench->motion))
    ekl_slow_motion_next (bench->motion);
  shown = ekl_slow_motion_get_predictions (bench->motion);
  g_assert_cmpfloat (shown->mean_particle[0], ==, now->mean_particle[0]);
  g_assert_cmpfloat (shown->mean_particle[0], !=, before->mean_particle[0]);
  g_assert_cmpfloat (shown->descent[0], ==, before->descent[0]);
}

/* By the clock; and what is asked for in between: the rest at once, another run. */
static void
test_playing (Bench *bench, gconstpointer data)
{
  ekl_slow_motion_set_active (bench->motion, TRUE);
  ekl_slow_motion_set_pace (bench->motion, 0.2);
  ekl_slow_motion_set_playing (bench->motion, TRUE);
  wait_until (get_told (bench) == 2 && ekl_slow_motion_get_index (bench->motion) == 3);
  ekl_slow_motion_set_playing (bench->motion, FALSE);
  wait_ms (600);
  g_assert_cmpuint (ekl_slow_motion_get_index (bench->motion), ==, 3);
  ekl_slow_motion_finish (bench->motion);
  g_assert_true (ekl_slow_motion_is_told (bench->motion));
  g_assert_cmpuint (get_step (bench), ==, 2);

  ekl_slow_motion_set_playing (bench->motion, TRUE);
  ekl_workbench_reset (bench->workbench);
  wait_until (!ekl_slow_motion_is_playing (bench->motion));
  g_assert_null (ekl_slow_motion_get_story (bench->motion));
  g_assert_true (ekl_slow_motion_is_active (bench->motion));
  ekl_slow_motion_next (bench->motion);
  wait_until (get_told (bench) == 1);
}

/* A run that has stopped for good has nothing more to tell, and does not hang. */
static void
test_end (Bench *bench, gconstpointer data)
{
  ekl_workbench_step (bench->workbench, 3);
  wait_until (get_step (bench) == 3);
  g_object_set (ekl_workbench_get_experiment (bench->workbench), "stop-time", 1e-6, NULL);
  g_object_set (ekl_workbench_get_experiment (bench->workbench), "learning-rate", 1e6, NULL);
  ekl_workbench_step (bench->workbench, 50);
  wait_until (ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_FINISHED);
  ekl_slow_motion_set_active (bench->motion, TRUE);
  ekl_slow_motion_next (bench->motion);
  wait_ms (300);
  g_assert_null (ekl_slow_motion_get_story (bench->motion));
  ekl_workbench_reset (bench->workbench);
  wait_until (get_step (bench) == 0);
}

#define ADD(path, function) g_test_add (path, Bench, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/slow-motion/parts", test_parts);
  ADD ("/slow-motion/predictions", test_predictions);
  ADD ("/slow-motion/playing", test_playing);
  ADD ("/slow-motion/end", test_end);
  return g_test_run ();
}
