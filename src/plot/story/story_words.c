/* story_words.c - the parts of a step in words and formulas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "story_private.h"

#include <math.h>

#define NOISE       (1u << EKL_PHASE_NOISE)
#define FORWARD     (1u << EKL_PHASE_FORWARD)
#define COVARIANCES (1u << EKL_PHASE_COVARIANCES)
#define GAIN        (1u << EKL_PHASE_GAIN)
#define MOVE        (1u << EKL_PHASE_MOVE)
#define GRADIENT    (1u << EKL_PHASE_GRADIENT)
#define DESCEND     (1u << EKL_PHASE_DESCEND)

#define U   "u<sup>j</sup>"
#define CUW "C<sup>uw</sup>"
#define CWW "C<sup>ww</sup>"

/* [9]; the data are each particle's own where they are perturbed */
static const EklTerm kalman[] = {
  { U " ← ", MOVE },
  { U, NOISE | MOVE },
  { " + ", MOVE },
  { CUW, COVARIANCES | GAIN },
  { " (", GAIN },
  { CWW, COVARIANCES | GAIN },
  { " + Γ/h)<sup>−1</sup> ( ", GAIN },
  { "y", GAIN },
  { " − ", GAIN },
  { "G(" U ")", FORWARD | GAIN },
  { " )", GAIN },
};
static const EklTerm perturbed[] = {
  { U " ← ", MOVE },
  { U, NOISE | MOVE },
  { " + ", MOVE },
  { CUW, COVARIANCES | GAIN },
  { " (", GAIN },
  { CWW, COVARIANCES | GAIN },
  { " + Γ/h)<sup>−1</sup> ( ", GAIN },
  { "y<sup>j</sup>", NOISE | GAIN },
  { " − ", GAIN },
  { "G(" U ")", FORWARD | GAIN },
  { " )", GAIN },
};
/* [8] */
static const EklTerm euler[] = {
  { U " ← ", MOVE },
  { U, NOISE | MOVE },
  { " − h ", MOVE | GAIN },
  { CUW, COVARIANCES | GAIN },
  { " Γ<sup>−1</sup> ( ", GAIN },
  { "G(" U ")", FORWARD | GAIN },
  { " − y )", GAIN },
};
/* [11] */
static const EklTerm entropy[] = {
  { U " ← ", MOVE },           { U, NOISE | MOVE }, { " − h ", MOVE | GAIN },
  { CUW, COVARIANCES | GAIN }, { " ( ", GAIN },     { "softmax w(" U ")", FORWARD | GAIN },
  { " − y )", GAIN },
};
/* [12] */
static const EklTerm square_root[] = {
  { "ū ← ", MOVE },
  { "ū", NOISE | MOVE },
  { " + ", MOVE },
  { CUW, COVARIANCES | GAIN },
  { " (", GAIN },
  { CWW, COVARIANCES | GAIN },
  { " + Γ/h)<sup>−1</sup> ( y − ", GAIN },
  { "Ḡ", FORWARD | GAIN },
  { " ),   ", GAIN },
  { "ΔU ← T ΔU", MOVE },
};
/* [16] */
static const EklTerm langevin[] = {
  { U " ← ", MOVE },
  { U, NOISE | MOVE },
  { " − h ", MOVE | GAIN },
  { CUW, COVARIANCES | GAIN },
  { " Γ<sup>−1</sup> ( ", GAIN },
  { "G(" U ")", FORWARD | GAIN },
  { " − y )", GAIN },
  { " − h C C<sub>0</sub><sup>−1</sup>(" U " − m<sub>0</sub>)", GAIN },
  { " + √(2h C) ξ<sup>j</sup>", MOVE },
};
/* [7] */
static const EklTerm descent[] = {
  { "u ← u − ", DESCEND },
  { "h", DESCEND },
  { " ", DESCEND },
  { "∇Φ(u)", GRADIENT | DESCEND },
};

/**
 * ekl_phase_is_descent:
 *
 * Returns: whether the part is gradient descent's
 */
gboolean
ekl_phase_is_descent (EklPhase phase)
{
  return phase >= EKL_PHASE_GRADIENT;
}

/**
 * ekl_story_get_formula:
 * @story: a step
 * @phase: a part of it
 * @n: (out): how many terms
 *
 * Returns: (transfer none): the formula in use, of the method whose part it is
 */
const EklTerm *
ekl_story_get_formula (const EklStory *story, EklPhase phase, guint *n)
{
#define GIVE(terms) (*n = G_N_ELEMENTS (terms), (terms))
  if (ekl_phase_is_descent (phase))
    return GIVE (descent);
  switch (story->form) {
  case EKL_FORM_EULER:
    return story->cross_entropy ? GIVE (entropy) : GIVE (euler);
  case EKL_FORM_ETKI:
    return GIVE (square_root);
  case EKL_FORM_ALDI:
    return GIVE (langevin);
  case EKL_FORM_KALMAN:
  default:
    return story->perturb ? GIVE (perturbed) : GIVE (kalman);
  }
#undef GIVE
}

/**
 * ekl_phase_get_name:
 *
 * Returns: its name, for people
 */
const char *
ekl_phase_get_name (EklPhase phase)
{
  static const char *const names[EKL_N_PHASES] = {
    [EKL_PHASE_NOISE] = "Draw noise",
    [EKL_PHASE_FORWARD] = "Predict",
    [EKL_PHASE_COVARIANCES] = "Covariances",
    [EKL_PHASE_GAIN] = "Gain",
    [EKL_PHASE_MOVE] = "Move",
    [EKL_PHASE_GRADIENT] = "Gradient",
    [EKL_PHASE_DESCEND] = "Step down",
  };

  return names[MIN (phase, EKL_N_PHASES - 1)];
}

static char *
tell_noise (const EklStory *story)
{
  if (story->redraw)
    return g_strdup ("All particles are drawn anew about their mean, as widely as the prior says.");
  if (story->weight_noise > 0)
    return g_strdup_printf ("Every particle is shaken by %g prior standard deviations: only so can "
                            "the cloud leave the span of its start.",
                            story->weight_noise);
  if (story->momentum)
    return g_strdup ("Every particle first goes on a little the way it went before.");
  if (story->inflation)
    return g_strdup ("The cloud is blown up a little about its mean.");
  return g_strdup ("Every particle gets its own noisy copy of the data.");
}

static char *
tell_forward (const EklStory *story)
{
  g_autofree char *low = ekl_format_number (story->loss_low);
  g_autofree char *middle = ekl_format_number (story->loss_median);
  g_autofree char *high = ekl_format_number (story->loss_high);

  return g_strdup_printf (
    "Each of the %u particles predicts all %u data. The best has loss %s, half "
    "of them are above %s, the worst has %s.",
    story->size, story->n_data, low, middle, high);
}

static char *
tell_covariances (const EklStory *story)
{
  g_autofree char *spread = NULL;

  if (!story->line)
    return g_strdup_printf ("No gradient: how %" G_GSIZE_FORMAT " weights and %u predictions vary "
                            "together over the %u particles.",
                            story->n_parameters, story->n_observations, story->size);
  spread = ekl_format_number (story->line->prediction_std / story->line->noise);
  return g_strdup_printf (
    "No gradient: the slope says how weights and predictions vary together over "
    "the %u particles. Their predictions spread %s times the noise.",
    story->size, spread);
}

static char *
tell_gain (const EklStory *story)
{
  const EklMoveLine *line = story->line;
  g_autofree char *h = ekl_format_short (story->h);
  double percent;

  if (!line || !(line->data > 0))
    return g_strdup_printf (
      "Step h = %s: each arrow is the slope times how wrong that particle is.", h);
  /* late in a run it is little, but not nothing */
  percent = 100 * line->aim / line->data;
  return g_strdup_printf (
    "Gain %.*f %%: so much of the way to the data the mean’s prediction is to "
    "go (h = %s). The slope turns that into the arrows.",
    fabs (percent) < 0.95 ? 1 : 0, percent, h);
}

static char *
tell_gradient (const EklStory *story)
{
  g_autofree char *loss = ekl_format_number (story->descent_loss);
  g_autofree char *norm = ekl_format_number (story->gradient_norm);

  return g_strdup_printf (
    "One point, loss %s. Its gradient, of length %s, says where down is here, "
    "and nothing about farther away.",
    loss, norm);
}

static char *
tell_descend (const EklStory *story)
{
  g_autofree char *rate = ekl_format_short (story->learning_rate);

  return g_strdup_printf ("One step down, h = %s times the gradient.", rate);
}

/**
 * ekl_story_describe:
 * @story: a step
 * @index: which part, from 0
 *
 * Returns: (transfer full): what happens in it, in a sentence with numbers
 */
char *
ekl_story_describe (const EklStory *story, guint index)
{
  switch (story->phase[MIN (index, story->n_phases - 1)]) {
  case EKL_PHASE_NOISE:
    return tell_noise (story);
  case EKL_PHASE_FORWARD:
    return tell_forward (story);
  case EKL_PHASE_COVARIANCES:
    return tell_covariances (story);
  case EKL_PHASE_GAIN:
    return tell_gain (story);
  case EKL_PHASE_MOVE:
    return g_strdup ("All particles move at once, each along a mixture of the differences between "
                     "them.");
  case EKL_PHASE_GRADIENT:
    return tell_gradient (story);
  case EKL_PHASE_DESCEND:
  case EKL_N_PHASES:
  default:
    return tell_descend (story);
  }
}
