/* experiment_reads.c - an experiment's settings, one at a time, as numbers and texts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-experiment.h"

/**
 * ekl_experiment_get_double:
 *
 * Returns: the value of a setting that is a number
 */
double
ekl_experiment_get_double (EklExperiment *self, const char *name)
{
  return g_value_get_double (ekl_experiment_get_value (self, name));
}

/**
 * ekl_experiment_get_uint:
 *
 * Returns: the value of a setting that is a whole number
 */
guint
ekl_experiment_get_uint (EklExperiment *self, const char *name)
{
  return g_value_get_uint (ekl_experiment_get_value (self, name));
}

/**
 * ekl_experiment_get_boolean:
 *
 * Returns: the value of a setting that is yes or no
 */
gboolean
ekl_experiment_get_boolean (EklExperiment *self, const char *name)
{
  return g_value_get_boolean (ekl_experiment_get_value (self, name));
}

/**
 * ekl_experiment_get_enum:
 *
 * Returns: the value of a setting that is a choice
 */
int
ekl_experiment_get_enum (EklExperiment *self, const char *name)
{
  return g_value_get_enum (ekl_experiment_get_value (self, name));
}

/**
 * ekl_experiment_get_string:
 *
 * Returns: (transfer none): the value of a setting that is text, never %NULL; valid until it is
 *   changed
 */
const char *
ekl_experiment_get_string (EklExperiment *self, const char *name)
{
  return g_value_get_string (ekl_experiment_get_value (self, name));
}

/**
 * ekl_experiment_has_method:
 *
 * Returns: whether "methods" names it
 */
gboolean
ekl_experiment_has_method (EklExperiment *self, EklMethod method)
{
  return (g_value_get_flags (ekl_experiment_get_value (self, "methods")) & (1u << method)) != 0;
}

/**
 * ekl_experiment_name_value:
 * @setting: its name
 * @text: (nullable): a value of it
 *
 * Returns: (transfer full): the value as its row shows it: a choice has a title
 */
char *
ekl_experiment_name_value (const char *setting, const char *text)
{
  GParamSpec *pspec = ekl_experiment_get_pspec (setting);
  const GEnumValue *choice = NULL;

  if (text != NULL && G_IS_PARAM_SPEC_ENUM (pspec))
    choice = g_enum_get_value_by_nick (G_PARAM_SPEC_ENUM (pspec)->enum_class, text);
  return g_strdup (choice != NULL ? choice->value_name : text);
}
