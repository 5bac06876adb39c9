/* selection.c - how the losses of some chosen particles went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "selection.h"

/**
 * ekl_selection_new:
 * @n: particles
 * @n_moments: moments
 *
 * Returns: (transfer full): room for so many, to be filled
 */
EklSelection *
ekl_selection_new (guint n, guint n_moments)
{
  EklSelection *self = g_new0 (EklSelection, 1);

  self->n = n;
  self->n_moments = n_moments;
  self->particle = g_new0 (guint, n);
  self->step = g_new0 (guint64, n_moments);
  self->loss = g_new0 (float, (gsize) n *n_moments);

  return self;
}

/**
 * ekl_selection_free:
 * @self: (nullable): a selection
 */
void
ekl_selection_free (EklSelection *self)
{
  if (self == NULL)
    return;
  g_free (self->particle);
  g_free (self->step);
  g_free (self->loss);
  g_free (self);
}
