/* ensemble_advice.c - how an ensemble is doing, in plain words, and what could be done about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ensemble_advice.h"

#include <math.h>

#define USUAL_NOISE  0.05
#define MOST_OFFERED 1000 /* particles */

/* Two parameters of unlike spread begin as a narrow cloud; nothing has collapsed until that becomes
 * narrower still. */
static gboolean
is_line (const EklCondition *c)
{
  if (c->size < 4 || c->n_parameters < 2 || !(c->effective_rank < EKL_COLLAPSED_RANK))
    return FALSE;
  return isnan (c->start_rank) ||
         c->effective_rank - 1 < EKL_COLLAPSED_EXCESS * (c->start_rank - 1);
}

static EklEnsembleState
judge (const EklCondition *c, EklExperiment *experiment)
{
  const gboolean leaves_span = ekl_experiment_get_double (experiment, "weight-noise") > 0 ||
                               ekl_experiment_get_double (experiment, "redraw") > 0 ||
                               ekl_experiment_get_uint (experiment, "respread") > 0;

  if (c->stalled)
    return EKL_ENSEMBLE_STALLED;
  if (c->start_spread > 0 && c->spread > EKL_FLOWN_SPREAD * c->start_spread)
    return EKL_ENSEMBLE_FLOWN_APART;
  if (c->spread < EKL_COLLAPSED_SPREAD * c->start_spread || is_line (c))
    return EKL_ENSEMBLE_COLLAPSED;
  if (!leaves_span && c->size <= c->n_parameters && c->step >= EKL_STUCK_STEPS &&
      c->span_share < EKL_STUCK_SHARE && c->loss > EKL_STUCK_LOSS * c->descent_loss)
    return EKL_ENSEMBLE_STUCK_IN_SPAN;
  return EKL_ENSEMBLE_WELL;
}

/* "12 %", "0.4 %" */
static char *
format_percent (double share)
{
  return g_strdup_printf (share < 0.0995 ? "%.2g %%" : "%.0f %%", 100 * share);
}

static char *
describe_collapse (const EklCondition *c)
{
  g_autofree char *percent = format_percent (c->spread / c->start_spread);

  if (c->spread < EKL_COLLAPSED_SPREAD * c->start_spread)
    return g_strdup_printf ("The ensemble has collapsed: its spread is %s of the start’s. The "
                            "particles agree, so EKI hardly moves any more.",
                            percent);
  return g_strdup_printf (
    "The ensemble has collapsed to a line: %u particles, effective rank %.1f. "
    "EKI can move only along it.",
    c->size, c->effective_rank);
}

/* In powers of ten: it grows tenfold in a step or two. */
static char *
describe_flight (const EklCondition *c)
{
  const double power = floor (log10 (c->spread / c->start_spread));
  g_autofree char *times =
    power < 6 ? g_strdup_printf ("%.0f", pow (10, power)) : g_strdup ("a million");

  return g_strdup_printf ("The ensemble flies apart: its spread is more than %s times the start’s. "
                          "Its steps are too long.",
                          times);
}

static char *
describe_span (const EklCondition *c)
{
  g_autofree char *percent = format_percent (c->span_share);

  return g_strdup_printf ("Stuck in the span of the start: only %s of the way that gradient "
                          "descent went lies in it. EKI stays at a squared loss of %.2g, gradient "
                          "descent is at %.2g.",
                          percent, c->loss, c->descent_loss);
}

static char *
describe_well (const EklCondition *c)
{
  g_autofree char *percent = NULL;

  if (!isfinite (c->effective_rank) || !(c->start_spread > 0))
    return g_strdup_printf ("%u particles in %" G_GSIZE_FORMAT " dimensions.", c->size,
                            c->n_parameters);
  if (c->step == 0)
    return g_strdup_printf ("%u particles, drawn from the prior, spread over about %.0f directions "
                            "of %" G_GSIZE_FORMAT ".",
                            c->size, c->effective_rank, c->n_parameters);
  percent = format_percent (c->spread / c->start_spread);
  return g_strdup_printf ("%u particles spread over about %.0f directions of %" G_GSIZE_FORMAT
                          "; their spread is %s of the start’s.",
                          c->size, c->effective_rank, c->n_parameters, percent);
}

static char *
describe (EklEnsembleState state, const EklCondition *c)
{
  switch (state) {
  case EKL_ENSEMBLE_STALLED:
    return g_strdup ("Fewer than two particles have finite outputs, so EKI stands still.");
  case EKL_ENSEMBLE_FLOWN_APART:
    return describe_flight (c);
  case EKL_ENSEMBLE_COLLAPSED:
    return describe_collapse (c);
  case EKL_ENSEMBLE_STUCK_IN_SPAN:
    return describe_span (c);
  case EKL_ENSEMBLE_WELL:
  default:
    return describe_well (c);
  }
}

static void
add_remedy (EklAdvice *self, char *label, const char *setting, char *value)
{
  self->remedy[self->n_remedies++] = (EklRemedy){ label, g_strdup (setting), value };
}

/* The explicit forms are stable for short steps only: [14] finds such, from where they are, too. */
static void
add_landing (EklAdvice *self, EklExperiment *experiment)
{
  const EklForm form = ekl_experiment_get_enum (experiment, "form");

  if (form != EKL_FORM_EULER && form != EKL_FORM_ALDI)
    return;
  if (ekl_experiment_get_enum (experiment, "step-rule") != EKL_STEP_RULE_KOVACHKI_STUART)
    add_remedy (self, g_strdup ("Use Kovachki and Stuart’s steps"), "step-rule",
                g_strdup ("kovachki-stuart"));
  else
    add_remedy (self, g_strdup ("Use the Kalman form"), "form", g_strdup ("kalman"));
}

/* Noise where there is none, more particles where the span is too small, and a new spread now. */
static void
add_remedies (EklAdvice *self, const EklCondition *c, EklExperiment *experiment)
{
  const guint more = MIN (4 * c->size, MOST_OFFERED);

  if (self->state == EKL_ENSEMBLE_FLOWN_APART) {
    add_landing (self, experiment);
    return;
  }
  if (self->state != EKL_ENSEMBLE_STALLED &&
      ekl_experiment_get_double (experiment, "weight-noise") < USUAL_NOISE &&
      ekl_experiment_get_double (experiment, "redraw") <= 0)
    add_remedy (self, g_strdup_printf ("Turn on weight noise %g", USUAL_NOISE), "weight-noise",
                g_strdup_printf ("%g", USUAL_NOISE));
  if (self->state == EKL_ENSEMBLE_STUCK_IN_SPAN && more > c->size)
    add_remedy (self, g_strdup_printf ("Use J = %u", more), "ensemble-size",
                g_strdup_printf ("%u", more));
  add_remedy (self, g_strdup ("Re-spread about the mean now"), "respread",
              g_strdup_printf ("%u", ekl_experiment_get_uint (experiment, "respread") + 1));
}

/**
 * ekl_advice_new:
 * @condition: what is known of the ensemble
 * @experiment: the settings of the next step
 *
 * Flown apart: the spread is above EKL_FLOWN_SPREAD times the start's. Collapsed: it is below
 * EKL_COLLAPSED_SPREAD of the start's, or the effective rank is below EKL_COLLAPSED_RANK and well below
 * the start's. Stuck in its span: nothing lets it leave the span of its start (no weight noise, no
 * redraw, J - 1 < P), less than EKL_STUCK_SHARE of gradient descent's squared displacement lies in that
 * span, and its squared loss is above EKL_STUCK_LOSS times gradient descent's after EKL_STUCK_STEPS
 * steps.
 *
 * Returns: (transfer full): a sentence, and the changes of settings that would help
 */
EklAdvice *
ekl_advice_new (const EklCondition *condition, EklExperiment *experiment)
{
  EklAdvice *self = g_new0 (EklAdvice, 1);

  self->state = judge (condition, experiment);
  self->sentence = describe (self->state, condition);
  if (self->state != EKL_ENSEMBLE_WELL)
    add_remedies (self, condition, experiment);
  return self;
}

/**
 * ekl_advice_free:
 * @self: (nullable): advice
 */
void
ekl_advice_free (EklAdvice *self)
{
  if (self == NULL)
    return;
  for (guint k = 0; k < self->n_remedies; k++) {
    g_free (self->remedy[k].label);
    g_free (self->remedy[k].setting);
    g_free (self->remedy[k].value);
  }
  g_free (self->sentence);
  g_free (self);
}
