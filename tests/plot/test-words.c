/* test-words.c - what the figures say in each of their states, for those who hear it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample.h"
#include "story_figure.h"

#include <math.h>
#include <string.h>

static void
assert_says (EklFigureKind kind,
             const EklFigureOptions *options,
             const EklFigureData *data,
             const char *words)
{
  g_autofree char *text = ekl_figure_describe (kind, options, data);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (strstr (text, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, text);
}

/* Both methods from 1 down, by another number of the step each. */
static EklHistory *
make_history (guint n_steps, gboolean with_ensemble)
{
  EklHistory *history = ekl_history_new ();

  for (guint step = 0; step <= n_steps; step++) {
    EklRecord record = { .step = step };

    for (guint m = 0; m < EKL_N_METHODS; m++) {
      record.method[m].present = m == EKL_METHOD_GD || with_ensemble;
      record.method[m].train_loss = 1.0 / (1 + step * (m + 1));
      record.method[m].validation_loss = NAN;
      record.method[m].step_size = 0.25;
    }
    record.method[EKL_METHOD_EKI].spread = 1.0 / (1 + step);
    ekl_history_append (history, &record, 1);
  }
  return history;
}

static void
test_nothing (void)
{
  static const char *const words[EKL_N_FIGURES] = { "no steps yet", "no particles yet", "none yet",
                                                    "no steps yet" };

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    assert_says (kind, NULL, &(EklFigureData){ 0 }, words[kind]);
}

static void
test_loss (void)
{
  g_autoptr (EklHistory) both = make_history (3, TRUE);
  g_autoptr (EklHistory) one = make_history (3, FALSE);
  EklFigureData data = { .history = both };

  assert_says (EKL_FIGURE_LOSS, NULL, &data, "The loss after 3 steps.");
  assert_says (EKL_FIGURE_LOSS, NULL, &data,
               "of ensemble Kalman inversion is 0.250, and was 1.00 at the start.");
  assert_says (EKL_FIGURE_LOSS, NULL, &data,
               "of gradient descent is 0.143, and was 1.00 at the start.");
  data.history = one;
  assert_says (EKL_FIGURE_LOSS, NULL, &data, "Ensemble Kalman inversion is off.");
  /* the step that slow motion tells is not over */
  data = (EklFigureData){ .history = both, .has_last_step = TRUE, .last_step = 1 };
  assert_says (EKL_FIGURE_LOSS, NULL, &data, "The loss after 1 step.");
  data.last_step = 0;
  assert_says (EKL_FIGURE_LOSS, NULL, &data, "The loss at the start.");
}

static void
test_ensemble (void)
{
  static const char *const words[EKL_N_ENSEMBLE_QUANTITIES] = {
    [EKL_ENSEMBLE_SPREAD] = "The spread of the particles went from 1.00 to 0.500 in 1 step.",
    [EKL_ENSEMBLE_SPECTRUM] = "principal axes. Now they go from ",
    [EKL_ENSEMBLE_COSINES] = "The cosine with the EKI mean’s move: none yet.",
    [EKL_ENSEMBLE_SPAN] = "The share of GD’s way in the span of the start: none yet.",
    [EKL_ENSEMBLE_STEP_SIZES] =
      "The step size h: h of EKI 0.250 at step 1, h of GD 0.250 at step 1.",
    [EKL_ENSEMBLE_REPAIRED] = "The particles redrawn so far: redrawn 0 at step 1.",
  };
  g_autoptr (EklHistory) history = make_history (1, TRUE);
  g_autoptr (EklHistory) without = make_history (1, FALSE);
  g_autoptr (EklEnsembleView) view = sample_ensemble (20);
  EklFigureData data = { .history = history, .ensemble = view };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  for (guint quantity = 0; quantity < EKL_N_ENSEMBLE_QUANTITIES; quantity++) {
    options.quantity = quantity;
    assert_says (EKL_FIGURE_ENSEMBLE, &options, &data, words[quantity]);
    assert_says (EKL_FIGURE_ENSEMBLE, &options, &data, view->sentence);
  }
  data = (EklFigureData){ .history = without };
  assert_says (EKL_FIGURE_ENSEMBLE, NULL, &data, "ensemble Kalman inversion is off");
}

/* With looks at the ensemble there are numbers of all quantities. */
static void
test_looks (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  const EklFigureData data = { .history = history };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  options.quantity = EKL_ENSEMBLE_COSINES;
  assert_says (EKL_FIGURE_ENSEMBLE, &options, &data, "move: with −C∇Φ ");
  assert_says (EKL_FIGURE_ENSEMBLE, &options, &data, ", with −∇Φ ");
}

static void
test_plane (void)
{
  g_autoptr (EklPlane) plane = sample_plane (3, 5, 9);
  EklFigureData data = { .plane = plane };

  g_clear_pointer (&plane->particle_loss, g_free);
  plane->particle_loss = g_new (float, 3);
  plane->particle_loss[0] = .5f;
  plane->particle_loss[1] = (float) NAN;
  plane->particle_loss[2] = 2;
  assert_says (EKL_FIGURE_PLANE, NULL, &data, "Their losses are from 0.500 to 2.00.");
  plane->n_particles = 0;
  assert_says (EKL_FIGURE_PLANE, NULL, &data, "gradient descent’s path, and no particles");
}

static void
test_story (void)
{
  EklStory story = { .step = 7, .n_phases = 2, .size = 50, .n_data = 96 };
  g_autoptr (EklPlane) plane = sample_plane (50, 20, 9);
  EklFigureData data = { .plane = plane, .story = &story, .story_index = 1 };

  story.phase[0] = EKL_PHASE_NOISE;
  story.phase[1] = EKL_PHASE_FORWARD;
  assert_says (EKL_FIGURE_PLANE, NULL, &data, "Slow motion shows step 7: Predict.");
  assert_says (EKL_FIGURE_ENSEMBLE, NULL, &data,
               "Slow motion of step 7. Predict: Each of the 50 particles predicts all 96 data.");
}

/* Where both are right, or by how much they are off, and where the particles doubt. */
static void
test_field (void)
{
  g_autoptr (EklPredictions) field = sample_field (60);
  const EklFigureData data = { .predictions = field };
  const guint n = 60 * 60;

  for (guint i = 0; i < n; i++)
    field->descent_field->value[i] = 0;
  for (guint i = 0; i < n; i++)
    field->spread_field->value[i] = i == 59 ? 0.5 : 0.25;
  assert_says (EKL_FIGURE_PREDICTIONS, NULL, &data,
               "Ensemble Kalman inversion is right at about 74 %");
  assert_says (EKL_FIGURE_PREDICTIONS, NULL, &data,
               "Gradient descent is right at about 50 % of the training rows.");
  assert_says (EKL_FIGURE_PREDICTIONS, NULL, &data,
               "disagree most, by 0.500 from P10 to P90, at x1 2.70, x2 −1.20.");
  /* three values are a range */
  field->data_value[0] = 0.5;
  assert_says (EKL_FIGURE_PREDICTIONS, NULL, &data, "Gradient descent is off by about 0.7");
}

static void
test_curve (void)
{
  g_autoptr (EklPredictions) curve = sample_curve ();
  const EklFigureData data = { .predictions = curve };

  assert_says (EKL_FIGURE_PREDICTIONS, NULL, &data,
               "The curve of ensemble Kalman inversion is off the training rows by about ");
  curve->descent[0] = NAN;
  for (guint i = 0; i < curve->n_points; i++)
    curve->descent[i] = INFINITY;
  assert_says (EKL_FIGURE_PREDICTIONS, NULL, &data,
               "Not all answers of gradient descent are finite.");
}

static void
test_scatter (void)
{
  g_autoptr (EklPredictions) scatter = sample_scatter (50);
  const EklFigureData data = { .predictions = scatter };

  scatter->descent[0] = INFINITY;
  assert_says (EKL_FIGURE_PREDICTIONS, NULL, &data,
               "Not all answers of gradient descent are finite.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/words/nothing", test_nothing);
  g_test_add_func ("/words/loss", test_loss);
  g_test_add_func ("/words/ensemble", test_ensemble);
  g_test_add_func ("/words/looks", test_looks);
  g_test_add_func ("/words/plane", test_plane);
  g_test_add_func ("/words/story", test_story);
  g_test_add_func ("/words/field", test_field);
  g_test_add_func ("/words/curve", test_curve);
  g_test_add_func ("/words/scatter", test_scatter);
  return g_test_run ();
}
