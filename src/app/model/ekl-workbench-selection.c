/* ekl-workbench-selection.c - particles that are selected, and points of the start that are moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const guint first = *(const guint *) a, second = *(const guint *) b;

  return (first > second) - (first < second);
}

static void
toggle (GArray *selected, guint particle)
{
  for (guint i = 0; i < selected->len; i++)
    if (g_array_index (selected, guint, i) == particle) {
      g_array_remove_index (selected, i);
      return;
    }
  g_array_append_val (selected, particle);
}

/* Tells who follows it, and the engine, which shows more of them. */
static void
publish (EklWorkbench *self)
{
  g_array_sort (self->selected, compare_cb);
  ekl_engine_select (self->engine, (const guint *) self->selected->data, self->selected->len);
  ekl_workbench_tell (self, "selection-changed");
  ekl_workbench_invalidate_pictures (self);
}

/**
 * ekl_workbench_select:
 * @particle: (array length=n): from 0
 * @n: how many; 0 without @toggle: none is selected
 * @toggle: changes whether they are selected, and leaves the others
 *
 * Selects particles: their curves, answers and trails light up.
 */
void
ekl_workbench_select (EklWorkbench *self, const guint *particle, guint n, gboolean toggle_them)
{
  if (!toggle_them && n == 0 && self->selected->len == 0)
    return;
  if (!toggle_them)
    g_array_set_size (self->selected, 0);
  for (guint i = 0; i < n; i++)
    toggle (self->selected, particle[i]);
  publish (self);
}

/* The one after the last that is selected, or before the first, round and round; FALSE: none. */
static gboolean
find_next (EklWorkbench *self, int direction, guint *next)
{
  const guint n = self->plane != NULL ? self->plane->n_particles : 0;
  const GArray *selected = self->selected;

  *next = direction > 0 ? 0 : n - 1;
  if (selected->len > 0 && n > 0 && direction > 0)
    *next = (g_array_index (selected, guint, selected->len - 1) + 1) % n;
  else if (selected->len > 0 && n > 0)
    *next = (g_array_index (selected, guint, 0) + n - 1) % n;
  return n > 0;
}

/**
 * ekl_workbench_select_next:
 * @direction: 1 or -1
 *
 * Selects the particle after the last one that is selected, or the one before the first.
 */
void
ekl_workbench_select_next (EklWorkbench *self, int direction)
{
  guint next;

  if (find_next (self, direction, &next))
    ekl_workbench_select (self, &next, 1, FALSE);
}

/**
 * ekl_workbench_select_more:
 * @direction: 1 or -1
 *
 * Selects that one, too; beyond the last particle there is none.
 */
void
ekl_workbench_select_more (EklWorkbench *self, int direction)
{
  guint next;

  if (!find_next (self, direction, &next))
    return;
  for (guint k = 0; k < self->selected->len; k++)
    if (g_array_index (self->selected, guint, k) == next)
      return;
  ekl_workbench_select (self, &next, 1, TRUE);
}

/**
 * ekl_workbench_get_selected:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the selected particles, from 0, ascending, until
 *   "selection-changed"
 */
const guint *
ekl_workbench_get_selected (EklWorkbench *self, guint *n)
{
  *n = self->selected->len;
  return (const guint *) self->selected->data;
}

/**
 * ekl_workbench_get_selection:
 *
 * Returns: (transfer none) (nullable): how the losses of the selected particles went, until
 *   "pictures-changed"
 */
const EklSelection *
ekl_workbench_get_selection (EklWorkbench *self)
{
  return self->selection;
}

/**
 * ekl_workbench_can_move:
 *
 * Returns: whether points of the start can be moved: no step has been taken
 */
gboolean
ekl_workbench_can_move (EklWorkbench *self)
{
  return self->run_number != 0 && self->record.step == 0 && self->state != EKL_ENGINE_RUNNING;
}
