/* remarks.c - what a user should know about settings that do not do what one might expect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "remarks.h"

#include <glib/gi18n.h>

static gboolean
is_noise_dropped (EklExperiment *self)
{
  return ekl_experiment_has_method (self, EKL_METHOD_EKI) &&
         ekl_experiment_get_boolean (self, "perturb-observations") &&
         ekl_experiment_get_enum (self, "momentum-eki") != EKL_MOMENTUM_NONE;
}

static gboolean
is_noise_without_use (EklExperiment *self)
{
  return ekl_experiment_has_method (self, EKL_METHOD_EKI) &&
         ekl_experiment_get_boolean (self, "perturb-observations") &&
         ekl_experiment_get_enum (self, "form") != EKL_FORM_KALMAN;
}

static gboolean
is_gradient_zero (EklExperiment *self)
{
  return ekl_experiment_has_method (self, EKL_METHOD_GD) &&
         ekl_experiment_get_enum (self, "activation") == EKL_ACTIVATION_STEP &&
         *ekl_experiment_get_string (self, "layers") != '\0';
}

static gboolean
is_momentum_without_use (EklExperiment *self)
{
  const EklForm form = ekl_experiment_get_enum (self, "form");

  return ekl_experiment_has_method (self, EKL_METHOD_EKI) &&
         ekl_experiment_get_enum (self, "momentum-eki") != EKL_MOMENTUM_NONE &&
         (form == EKL_FORM_ETKI || form == EKL_FORM_ALDI);
}

/* [14] keeps an explicit step short enough; [15] was derived for the Kalman form, which is stable
 * for any h. */
static gboolean
is_step_too_long (EklExperiment *self)
{
  const EklForm form = ekl_experiment_get_enum (self, "form");

  return ekl_experiment_has_method (self, EKL_METHOD_EKI) &&
         (form == EKL_FORM_EULER || form == EKL_FORM_ALDI) &&
         ekl_experiment_get_enum (self, "step-rule") == EKL_STEP_RULE_MISFIT;
}

static const struct {
  gboolean (*applies) (EklExperiment *self);
  const char *text;
} remarks[] = {
  { is_noise_dropped,
    N_ (
      "Momentum and perturbed observations do not go together: the observations are not perturbed "
      "while momentum-eki is on.") },
  { is_noise_without_use,
    N_ ("Perturbed observations belong to the Kalman form; this form does not use them.") },
  { is_momentum_without_use,
    N_ ("Momentum was made for the Kalman and the Euler form; with this form the answers are no "
        "longer those of its theory.") },
  { is_step_too_long,
    N_ (
      "The misfit's steps can be too long for this form, so that the particles fly apart; Kovachki "
      "and Stuart's step rule was made for it.") },
  { is_gradient_zero,
    N_ (
      "The gradient of a step activation is zero, so gradient descent trains only the last layer; "
      "EKI trains all of them.") },
};

/**
 * ekl_experiment_get_remarks:
 * @self: an experiment
 *
 * Settings that are allowed together, but of which one is without effect, or has another than its
 * name says.
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each, or none at all
 */
char **
ekl_experiment_get_remarks (EklExperiment *self)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **list;

  for (guint k = 0; k < G_N_ELEMENTS (remarks); k++)
    if (remarks[k].applies (self))
      g_strv_builder_add (builder, g_dgettext (EKL_GETTEXT_DOMAIN, remarks[k].text));
  list = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return list;
}
