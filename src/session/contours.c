/* contours.c - the loss over the parameter plane, computed a little at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contours.h"

#include <math.h>

/* The field is somewhat larger than what is to be seen, so that a path may grow for a while. */
#define MARGIN       0.25
#define LEAST_MARGIN 0.02
/* It is computed again where what is to be seen takes less than this share of its width. */
#define LEAST_SHARE 0.2

#define PIECE_FLOPS 1e8 /* of one call: a few milliseconds */

/* The picture has as many pixels a unit upwards as sideways: a long and narrow view shows much
 * above and below, a tall one much on both sides, as panels are wider than tall. So the field has
 * at least these shapes. */
#define LEAST_HEIGHT 0.85 /* as a share of the width */
#define LEAST_WIDTH  1.9  /* as a share of the height */

static const guint level_sizes[] = { 17, 33, 65 };

struct _EklContours {
  gsize n_parameters;
  gboolean has_view;
  guint basis_version;
  double x0, x1, y0, y1; /* of the fields */
  EklField *done;        /* the finest complete one; NULL: none yet */
  EklField *next;        /* being computed; NULL: not begun, or all levels are done */
  guint next_row;
  guint version; /* counts what done was set to */
  guint level;   /* of next; G_N_ELEMENTS (level_sizes): nothing is left */
};

/**
 * ekl_contours_new:
 * @n_parameters: P of the network, which says what a row of the grid costs
 *
 * Returns: (transfer full): contours without a view: there is nothing to compute yet
 */
EklContours *
ekl_contours_new (gsize n_parameters)
{
  EklContours *self = g_new0 (EklContours, 1);

  self->n_parameters = n_parameters;
  return self;
}

/**
 * ekl_contours_free:
 * @self: (nullable): some contours
 */
void
ekl_contours_free (EklContours *self)
{
  if (self == NULL)
    return;
  ekl_field_free (self->done);
  ekl_field_free (self->next);
  g_free (self);
}

/**
 * ekl_contours_restart:
 *
 * The loss has changed: begins again, and shows nothing until the coarsest grid is there.
 */
void
ekl_contours_restart (EklContours *self)
{
  g_clear_pointer (&self->done, ekl_field_free);
  g_clear_pointer (&self->next, ekl_field_free);
  self->next_row = 0;
  self->level = 0;
}

static void
find_extent (const EklPlane *plane, double margin, double *x0, double *x1, double *y0, double *y1)
{
  double more_x, more_y;

  ekl_plane_extent (plane, margin, x0, x1, y0, y1);
  more_x = MAX (LEAST_WIDTH * (*y1 - *y0) - (*x1 - *x0), 0) / 2;
  more_y = MAX (LEAST_HEIGHT * (*x1 - *x0) - (*y1 - *y0), 0) / 2;
  *x0 -= more_x;
  *x1 += more_x;
  *y0 -= more_y;
  *y1 += more_y;
}

/* Whether low..high is inside the field's side, and not lost in it. */
static gboolean
fits (double low, double high, double field_low, double field_high)
{
  return low >= field_low && high <= field_high &&
         high - low >= LEAST_SHARE * (field_high - field_low);
}

/**
 * ekl_contours_set_view:
 * @plane: what is to be seen now
 *
 * Begins again where the plane has turned or what is to be seen has outgrown the field, or has
 * shrunk to a small part of it. While it only grows, the former field stands until there is a new
 * one.
 */
void
ekl_contours_set_view (EklContours *self, const EklPlane *plane)
{
  double x0, x1, y0, y1;

  find_extent (plane, LEAST_MARGIN, &x0, &x1, &y0, &y1);
  if (!isfinite (x0) || !isfinite (x1) || !isfinite (y0) || !isfinite (y1))
    return;
  if (self->has_view && plane->basis_version == self->basis_version &&
      fits (x0, x1, self->x0, self->x1) && fits (y0, y1, self->y0, self->y1))
    return;

  if (!self->has_view || plane->basis_version != self->basis_version)
    ekl_contours_restart (self);
  g_clear_pointer (&self->next, ekl_field_free);
  self->level = 0;
  self->has_view = TRUE;
  self->basis_version = plane->basis_version;
  find_extent (plane, MARGIN, &self->x0, &self->x1, &self->y0, &self->y1);
}

static void
begin_level (EklContours *self)
{
  const guint n = level_sizes[self->level];

  self->next = ekl_field_new (n, n, self->x0, self->x1, self->y0, self->y1);
  self->next_row = 0;
}

static void
finish_level (EklContours *self)
{
  g_clear_pointer (&self->done, ekl_field_free);
  self->done = g_steal_pointer (&self->next);
  self->level++;
  self->version++;
}

/**
 * ekl_contours_refine:
 * @batch: the rows to take the loss of
 *
 * Computes some rows of the grid, a few milliseconds of work.
 *
 * Returns: whether something is left to compute
 */
gboolean
ekl_contours_refine (EklContours *self,
                     const EklPlaneFit *fit,
                     EklForward *forward,
                     const EklBatch *batch,
                     EklLoss loss,
                     double l2)
{
  double flops = 0;

  if (!self->has_view)
    return FALSE;
  while (self->level < G_N_ELEMENTS (level_sizes) && flops < PIECE_FLOPS) {
    if (self->next == NULL)
      begin_level (self);
    ekl_plane_fit_loss_row (fit, forward, batch, loss, l2, self->next, self->next_row++);
    flops += 2.0 * self->n_parameters * batch->n_data * self->next->n_columns;
    if (self->next_row == self->next->n_rows)
      finish_level (self);
  }
  return self->level < G_N_ELEMENTS (level_sizes);
}

/**
 * ekl_contours_get_version:
 *
 * Returns: how many fields have been completed
 */
guint
ekl_contours_get_version (const EklContours *self)
{
  return self->version;
}

/**
 * ekl_contours_get_field:
 *
 * Returns: (transfer none) (nullable): the finest field that is complete
 */
const EklField *
ekl_contours_get_field (const EklContours *self)
{
  return self->done;
}
