/* change.c - what was changed in the middle of a run, and at which step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "change.h"

#include "setting_table.h"

#include <math.h>
#include <string.h>

/**
 * ekl_change_new:
 * @step: the step that the run stands at
 * @setting: a setting's name, or that of a point
 * @before: (nullable): text
 * @after: text
 *
 * Returns: (transfer full): a change; everything is copied
 */
EklChange *
ekl_change_new (guint64 step, const char *setting, const char *before, const char *after)
{
  EklChange *self = g_new0 (EklChange, 1);

  self->step = step;
  self->setting = g_strdup (setting);
  self->before = g_strdup (before);
  self->after = g_strdup (after);
  return self;
}

/**
 * ekl_change_new_point:
 * @setting: EKL_CHANGE_DESCENT, or EKL_CHANGE_PARTICLE and the particle's number from 1
 * @u: (array length=n_parameters): shape (P), where the point is now
 *
 * Returns: (transfer full): a point of the start that was moved by hand; its text reads back as the
 *   same numbers
 */
EklChange *
ekl_change_new_point (const char *setting, const double *u, gsize n_parameters)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (gsize i = 0; i < n_parameters; i++) {
    g_ascii_formatd (number, sizeof number, "%.9g", u[i]);
    if (g_ascii_strtod (number, NULL) != u[i])
      g_ascii_dtostr (number, sizeof number, u[i]);
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", number);
  }
  return ekl_change_new (0, setting, NULL, text->str);
}

/**
 * ekl_change_copy:
 *
 * Returns: (transfer full): the same
 */
EklChange *
ekl_change_copy (const EklChange *self)
{
  EklChange *copy = ekl_change_new (self->step, self->setting, self->before, self->after);

  copy->unset = self->unset;
  return copy;
}

/**
 * ekl_change_free:
 * @self: (nullable): a change
 */
void
ekl_change_free (EklChange *self)
{
  if (self == NULL)
    return;
  g_free (self->setting);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/**
 * ekl_change_is_point:
 *
 * Returns: whether it moves a point of the start, rather than a setting
 */
gboolean
ekl_change_is_point (const EklChange *self)
{
  return g_str_equal (self->setting, EKL_CHANGE_DESCENT) ||
         g_str_has_prefix (self->setting, EKL_CHANGE_PARTICLE);
}

static gboolean
set_bad_change (GError **error, const EklChange *self, const char *what)
{
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE, "%s: %s", self->setting,
               what);
  return FALSE;
}

/**
 * ekl_change_get_point:
 * @particle: (out): its number from 1; 0 for gradient descent's point
 * @u: (out) (transfer full) (array length=n): its numbers
 *
 * Reads a change of a point.
 *
 * Returns: %FALSE where that is not what it says
 */
gboolean
ekl_change_get_point (const EklChange *self, guint *particle, double **u, gsize *n, GError **error)
{
  g_auto (GStrv) words = g_strsplit (self->after, " ", -1);
  g_autofree double *numbers = NULL;
  guint64 number = 0;

  if (!g_str_equal (self->setting, EKL_CHANGE_DESCENT) &&
      !g_ascii_string_to_unsigned (self->setting + strlen (EKL_CHANGE_PARTICLE), 10, 1, 100000,
                                   &number, NULL))
    return set_bad_change (error, self, "a particle's number is from 1 to 100000");
  *n = g_strv_length (words);
  numbers = g_new (double, *n);
  for (gsize i = 0; i < *n; i++) {
    char *end = NULL;

    numbers[i] = g_ascii_strtod (words[i], &end);
    if (*words[i] == '\0' || *end != '\0' || !isfinite (numbers[i]))
      return set_bad_change (error, self,
                             "a point is its parameters, as numbers separated by one blank each");
  }
  *particle = (guint) number;
  *u = g_steal_pointer (&numbers);
  return TRUE;
}

/**
 * ekl_change_check:
 *
 * Returns: %FALSE where no run could ever act on it, with a sentence that names the setting
 */
gboolean
ekl_change_check (const EklChange *self, GError **error)
{
  const EklSettingSpec *spec = ekl_setting_find (self->setting);
  g_autoptr (EklExperiment) trial = NULL;
  g_autofree double *u = NULL;
  guint particle;
  gsize n;

  if (ekl_change_is_point (self)) {
    if (self->step > 0)
      return set_bad_change (error, self, "points can be moved at step 0 only");
    return ekl_change_get_point (self, &particle, &u, &n, error);
  }
  if (spec == NULL) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING,
                 "there is no setting \"%s\"", self->setting);
    return FALSE;
  }
  if (spec->info.effect == EKL_SETTING_EFFECT_RESTART ||
      spec->info.effect == EKL_SETTING_EFFECT_RELOAD)
    return set_bad_change (error, self, "this setting cannot change in the middle of a run");
  trial = ekl_experiment_new ();
  return ekl_experiment_set_text (trial, self->setting, self->after, error);
}

/**
 * ekl_changes_new:
 *
 * Returns: (transfer full) (element-type EklChange): an empty list
 */
GPtrArray *
ekl_changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ekl_change_free);
}

/**
 * ekl_changes_copy:
 *
 * Returns: (transfer full): the same list, every change copied
 */
GPtrArray *
ekl_changes_copy (GPtrArray *self)
{
  GPtrArray *copy = ekl_changes_new ();

  for (guint i = 0; i < self->len; i++)
    g_ptr_array_add (copy, ekl_change_copy (self->pdata[i]));
  return copy;
}

/* J takes particles away and draws others, and a re-spread draws about the mean that the one before
 * has left: each on the way counts. */
static gboolean
can_merge (const EklChange *a, const EklChange *b)
{
  return a->step == b->step && g_str_equal (a->setting, b->setting) &&
         !g_str_equal (a->setting, "ensemble-size") && !g_str_equal (a->setting, "respread");
}

/* Whether a change to the same text can be one: of what somebody chose to what the data suggest, or of
 * several numbers to one. */
static gboolean
counts_anyway (const char *setting)
{
  const EklSettingSpec *spec = ekl_setting_find (setting);

  return spec != NULL && (spec->adapts || spec->list != NULL);
}

/**
 * ekl_changes_simplify:
 *
 * A slider that was dragged while the run stood makes one change, from its first value to its last,
 * and none where it came back. The run is the same to the bit.
 */
void
ekl_changes_simplify (GPtrArray *self)
{
  guint i = 0;

  while (i < self->len) {
    EklChange *first = self->pdata[i];

    while (i + 1 < self->len && can_merge (first, self->pdata[i + 1])) {
      EklChange *next = self->pdata[i + 1];

      g_free (first->after);
      first->after = g_strdup (next->after);
      first->unset = next->unset;
      g_ptr_array_remove_index (self, i + 1);
    }
    if (g_strcmp0 (first->before, first->after) == 0 && !counts_anyway (first->setting))
      g_ptr_array_remove_index (self, i);
    else
      i++;
  }
}
