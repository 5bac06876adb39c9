/* undo_stack.c - what the user has changed, step by step, back and forth
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "undo_stack.h"

#include <glib/gi18n.h>

/* Steps before "n_done" can be undone, the others done again. */
struct _EklUndoStack {
  GPtrArray *steps; /* of EklUndoStep */
  guint n_done;
  guint capacity;
  gint64 last_us;  /* when the newest one grew last */
  gboolean sealed; /* the newest one grows no more */
  guint last_id;
};

/* A pause of that length in the middle of a drag begins another step. */
#define SAME_DRAG_US (3 * G_USEC_PER_SEC / 2)
#define VALUE_CHARS  18
/* A step of that kind holds on to data, which may be large. */
#define MAX_OPENED 8

static void
step_free (gpointer data)
{
  EklUndoStep *self = data;

  g_free (self->label);
  g_ptr_array_unref (self->settings);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_clear_pointer (&self->problem_before, ekl_problem_free);
  g_clear_pointer (&self->problem_after, ekl_problem_free);
  g_clear_object (&self->recorded);
  g_free (self);
}

static EklUndoStep *
step_new (EklExperiment *before, EklExperiment *after)
{
  EklUndoStep *self = g_new0 (EklUndoStep, 1);

  self->settings = g_ptr_array_new_with_free_func (g_free);
  self->before = ekl_experiment_copy (before);
  self->after = ekl_experiment_copy (after);
  return self;
}

/**
 * ekl_undo_stack_new:
 * @capacity: how many steps are kept; then the oldest goes
 */
EklUndoStack *
ekl_undo_stack_new (guint capacity)
{
  EklUndoStack *self = g_new0 (EklUndoStack, 1);

  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->capacity = capacity;
  return self;
}

/**
 * ekl_undo_stack_free:
 */
void
ekl_undo_stack_free (EklUndoStack *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/* Without the oldest data that were opened, and what was done to them. */
static void
forget_oldest_opened (EklUndoStack *self)
{
  guint n = 0, oldest = 0;

  for (guint i = self->steps->len; i-- > 0;) {
    const EklUndoStep *step = self->steps->pdata[i];

    if (step->problem_after == NULL)
      continue;
    oldest = i;
    n++;
  }
  if (n > MAX_OPENED)
    g_ptr_array_remove_range (self->steps, 0, oldest + 1);
}

static void
push (EklUndoStack *self, EklUndoStep *step)
{
  step->id = ++self->last_id;
  g_ptr_array_set_size (self->steps, (int) self->n_done);
  if (self->steps->len == self->capacity)
    g_ptr_array_remove_index (self->steps, 0);
  g_ptr_array_add (self->steps, step);
  forget_oldest_opened (self);
  self->n_done = self->steps->len;
  self->sealed = FALSE;
}

static void
drop (EklUndoStack *self, guint i)
{
  g_ptr_array_remove_index (self->steps, i);
  if (i < self->n_done)
    self->n_done--;
}

/* ---- settings ---- */

static gboolean
differs (EklExperiment *a, EklExperiment *b, const char *setting)
{
  return g_param_values_cmp (ekl_experiment_get_pspec (setting),
                             ekl_experiment_get_value (a, setting),
                             ekl_experiment_get_value (b, setting)) != 0;
}

/* The one that was named comes first. */
static GPtrArray *
find_differences (EklExperiment *before, EklExperiment *after, const char *setting)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++) {
    if (!differs (before, after, infos[i].name))
      continue;
    g_ptr_array_insert (names, g_str_equal (infos[i].name, setting) ? 0 : -1,
                        g_strdup (infos[i].name));
  }
  return names;
}

static gboolean
are_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static char *
shorten (EklExperiment *experiment, const char *setting)
{
  g_autofree char *value = ekl_experiment_get_text (experiment, setting);
  g_autofree char *text = ekl_experiment_name_value (setting, value);

  if (*text == '\0')
    return g_strdup ("–");
  if (g_utf8_strlen (text, -1) <= VALUE_CHARS)
    return g_steal_pointer (&text);
  *g_utf8_offset_to_pointer (text, VALUE_CHARS - 1) = '\0';
  return g_strconcat (text, "…", NULL);
}

static char *
make_label (EklUndoStep *step)
{
  const char *setting = step->settings->pdata[0];
  const char *title = g_param_spec_get_nick (ekl_experiment_get_pspec (setting));
  g_autofree char *before = shorten (step->before, setting);
  g_autofree char *after = shorten (step->after, setting);

  if (step->settings->len == 1)
    return g_strdup_printf ("%s %s → %s", title, before, after);
  return g_strdup_printf (_ ("%s %s → %s and %u more"), title, before, after,
                          step->settings->len - 1);
}

static EklUndoStep *
find_same_drag (EklUndoStack *self, GPtrArray *names, gint64 now_us)
{
  EklUndoStep *last = ekl_undo_stack_peek_undo (self);

  if (last == NULL || self->sealed || self->n_done != self->steps->len ||
      last->problem_after != NULL || now_us - self->last_us > SAME_DRAG_US ||
      !are_equal (last->settings, names))
    return NULL;
  return last;
}

/**
 * ekl_undo_stack_add:
 * @setting: the one that gives the step its name
 * @before: all settings as they were
 * @after: all settings as they are
 * @now_us: the time
 *
 * Adds a change of settings. One that follows closely on another of the same settings is one step
 * with it, from the first value to the last; one that comes back to where it began is none.
 *
 * Returns: (transfer none) (nullable): the step; %NULL where nothing is different
 */
EklUndoStep *
ekl_undo_stack_add (EklUndoStack *self,
                    const char *setting,
                    EklExperiment *before,
                    EklExperiment *after,
                    gint64 now_us)
{
  g_autoptr (GPtrArray) names = find_differences (before, after, setting);
  EklUndoStep *step;

  if (names->len == 0)
    return NULL;
  step = find_same_drag (self, names, now_us);
  self->last_us = now_us;
  if (step != NULL) {
    g_autoptr (GPtrArray) left = find_differences (step->before, after, setting);

    if (left->len == 0 && step->recorded == NULL) {
      drop (self, self->n_done - 1);
      self->sealed = TRUE;
      return NULL;
    }
    g_set_object (&step->after, NULL);
    step->after = ekl_experiment_copy (after);
    g_free (step->label);
  } else {
    step = step_new (before, after);
    g_ptr_array_unref (step->settings);
    step->settings = g_steal_pointer (&names);
    push (self, step);
  }
  step->label = make_label (step);
  return step;
}

/**
 * ekl_undo_stack_add_open:
 * @label: what was opened
 * @before: the problem before; copied
 * @after: the problem now; copied
 *
 * Adds the opening of other data.
 *
 * Returns: (transfer none): the step
 */
EklUndoStep *
ekl_undo_stack_add_open (EklUndoStack *self,
                         const char *label,
                         const EklProblem *before,
                         const EklProblem *after)
{
  EklUndoStep *step = step_new (before->experiment, after->experiment);

  step->label = g_strdup (label);
  step->problem_before = ekl_problem_copy (before);
  step->problem_after = ekl_problem_copy (after);
  push (self, step);
  return step;
}

/**
 * ekl_undo_stack_seal:
 *
 * What comes next is another step, however closely it follows.
 */
void
ekl_undo_stack_seal (EklUndoStack *self)
{
  self->sealed = TRUE;
}

static guint
find_index (EklUndoStack *self, guint id)
{
  guint i = 0;

  while (i < self->steps->len && ((const EklUndoStep *) self->steps->pdata[i])->id != id)
    i++;
  return i;
}

/**
 * ekl_undo_stack_find:
 * @id: of a step
 *
 * Returns: (transfer none) (nullable): the step, done or undone; %NULL where it is gone
 */
EklUndoStep *
ekl_undo_stack_find (EklUndoStack *self, guint id)
{
  const guint i = find_index (self, id);

  return i < self->steps->len ? self->steps->pdata[i] : NULL;
}

/**
 * ekl_undo_stack_refuse:
 * @id: of a step
 * @direction: what was to be done with it: 0: it was new, -1: it was undone, 1: it was done again
 *
 * That could not be done: a new step is forgotten, whatever came after it, and one that was taken back
 * or done again is where it was.
 */
void
ekl_undo_stack_refuse (EklUndoStack *self, guint id, int direction)
{
  const guint i = find_index (self, id);

  if (i == self->steps->len)
    return;
  if (direction == 0)
    drop (self, i);
  else if (direction < 0 && i == self->n_done)
    self->n_done++;
  else if (direction > 0 && i + 1 == self->n_done)
    self->n_done--;
  self->sealed = TRUE;
}

/**
 * ekl_undo_stack_peek_undo:
 *
 * Returns: (transfer none) (nullable): what can be taken back next
 */
EklUndoStep *
ekl_undo_stack_peek_undo (EklUndoStack *self)
{
  return self->n_done > 0 ? self->steps->pdata[self->n_done - 1] : NULL;
}

/**
 * ekl_undo_stack_peek_redo:
 *
 * Returns: (transfer none) (nullable): what can be done again next
 */
EklUndoStep *
ekl_undo_stack_peek_redo (EklUndoStack *self)
{
  return self->n_done < self->steps->len ? self->steps->pdata[self->n_done] : NULL;
}

/**
 * ekl_undo_stack_undo:
 *
 * Returns: (transfer none) (nullable): the step that is taken back by this
 */
EklUndoStep *
ekl_undo_stack_undo (EklUndoStack *self)
{
  EklUndoStep *step = ekl_undo_stack_peek_undo (self);

  if (step != NULL)
    self->n_done--;
  self->sealed = TRUE;
  return step;
}

/**
 * ekl_undo_stack_redo:
 *
 * Returns: (transfer none) (nullable): the step that is done again by this
 */
EklUndoStep *
ekl_undo_stack_redo (EklUndoStack *self)
{
  EklUndoStep *step = ekl_undo_stack_peek_redo (self);

  if (step != NULL)
    self->n_done++;
  self->sealed = TRUE;
  return step;
}
