/* contours.c - the loss over the parameter plane, computed a little at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contours.h"

#include "plane_loss.h"

#include <math.h>

/* The field is somewhat larger than what is to be seen, so that a path may grow for a while. */
#define MARGIN       0.3
#define LEAST_MARGIN 0.08
/* It is computed again where what is to be seen takes less than this share of its width. */
#define LEAST_SHARE 0.2

#define PIECE_FLOPS 5e7 /* of one call: a few milliseconds */

/* Where the picture's shape is not known the field has at least these: most are wider than tall. */
#define LEAST_HEIGHT 0.9 /* as a share of the width */
#define LEAST_WIDTH  2.1 /* as a share of the height */

/* Each has the points of the one before and those in between. */
static const guint level_sizes[] = { 9, 17, 33, 65 };

struct _EklContours {
  gboolean has_view;
  guint basis_version;
  EklPlaneLoss *loss;    /* over the plane of that version; NULL: not made yet */
  double x0, x1, y0, y1; /* of the fields */
  EklField *former;      /* the last one of the plane before; NULL: none */
  EklField *done;        /* the finest complete one; NULL: none yet */
  EklField *next;        /* being computed; NULL: not begun, or all levels are done */
  guint next_row;
  guint version; /* counts what done was set to */
  guint level;   /* of next; G_N_ELEMENTS (level_sizes): nothing is left */
};

/**
 * ekl_contours_new:
 *
 * Returns: (transfer full): contours without a view: there is nothing to compute yet
 */
EklContours *
ekl_contours_new (void)
{
  return g_new0 (EklContours, 1);
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
  ekl_plane_loss_free (self->loss);
  ekl_field_free (self->former);
  ekl_field_free (self->done);
  ekl_field_free (self->next);
  g_free (self);
}

static void
begin_again (EklContours *self)
{
  g_clear_pointer (&self->next, ekl_field_free);
  self->next_row = 0;
  self->level = 0;
}

/**
 * ekl_contours_restart:
 *
 * The loss has changed: begins again, and shows nothing until the coarsest grid is there.
 */
void
ekl_contours_restart (EklContours *self)
{
  g_clear_pointer (&self->loss, ekl_plane_loss_free);
  g_clear_pointer (&self->former, ekl_field_free);
  g_clear_pointer (&self->done, ekl_field_free);
  begin_again (self);
}

/* Another plane: what was there is of the one before, and may be shown until this one's is there. */
static void
turn (EklContours *self, guint basis_version)
{
  g_autoptr (EklField) former = g_steal_pointer (&self->done);

  ekl_contours_restart (self);
  self->former = g_steal_pointer (&former);
  self->basis_version = basis_version;
}

/**
 * ekl_contours_shape:
 * @box: what a picture must show
 * @aspect: its width as a multiple of its height; 0: not known
 *
 * The picture has as many pixels a unit upwards as sideways: of a long and narrow box it shows much
 * above and below, of a tall one much on both sides.
 *
 * Returns: all of what it shows
 */
EklPlaneBox
ekl_contours_shape (EklPlaneBox box, double aspect)
{
  const double least_width = aspect > 0 ? aspect : LEAST_WIDTH;
  const double least_height = aspect > 0 ? 1 / aspect : LEAST_HEIGHT;
  const double width = box.x1 - box.x0, height = box.y1 - box.y0;
  const double x = (box.x0 + box.x1) / 2, half_x = MAX (width, least_width * height) / 2;
  const double y = (box.y0 + box.y1) / 2, half_y = MAX (height, least_height * width) / 2;

  return (EklPlaneBox){ x - half_x, x + half_x, y - half_y, y + half_y };
}

static EklPlaneBox
widen (EklPlaneBox box, double margin)
{
  const double x = margin * (box.x1 - box.x0), y = margin * (box.y1 - box.y0);

  return (EklPlaneBox){ box.x0 - x, box.x1 + x, box.y0 - y, box.y1 + y };
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
 * @basis_version: of the plane
 * @box: what is to be seen now, all of it, see ekl_contours_shape()
 *
 * Begins again where the plane is another one or what is to be seen has outgrown the field, or has
 * shrunk to a small part of it. While it only grows, the former field stands until there is a new
 * one.
 */
void
ekl_contours_set_view (EklContours *self, guint basis_version, EklPlaneBox box)
{
  const EklPlaneBox least = widen (box, LEAST_MARGIN);
  EklPlaneBox field;

  if (!isfinite (least.x0) || !isfinite (least.x1) || !isfinite (least.y0) || !isfinite (least.y1))
    return;
  if (self->has_view && basis_version == self->basis_version &&
      fits (least.x0, least.x1, self->x0, self->x1) &&
      fits (least.y0, least.y1, self->y0, self->y1))
    return;

  if (!self->has_view || basis_version != self->basis_version)
    turn (self, basis_version);
  begin_again (self);
  self->has_view = TRUE;
  field = widen (box, MARGIN);
  self->x0 = field.x0;
  self->x1 = field.x1;
  self->y0 = field.y0;
  self->y1 = field.y1;
}

static void
begin_level (EklContours *self)
{
  const guint n = level_sizes[self->level];

  self->next = ekl_field_new (n, n, self->x0, self->x1, self->y0, self->y1);
  self->next_row = 0;
  if (self->level > 0)
    for (guint row = 0; row < n; row += 2)
      for (guint column = 0; column < n; column += 2)
        self->next->value[row * n + column] =
          self->done->value[row / 2 * self->done->n_columns + column / 2];
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
 * @batch: the rows to take the loss of; the same, and alive, until the next restart
 *
 * Computes some rows of the grid, a few milliseconds of work.
 *
 * Returns: whether something is left to compute
 */
gboolean
ekl_contours_refine (EklContours *self,
                     const EklPlaneFit *fit,
                     const EklBatch *batch,
                     EklLoss loss,
                     double l2,
                     guint n_threads)
{
  double flops = 0;

  if (!self->has_view || self->level == G_N_ELEMENTS (level_sizes))
    return FALSE;
  if (self->loss == NULL)
    self->loss = ekl_plane_loss_new (fit, batch, loss, l2, n_threads);
  while (self->level < G_N_ELEMENTS (level_sizes) && flops < PIECE_FLOPS) {
    if (self->next == NULL)
      begin_level (self);
    ekl_plane_loss_fill_row (self->loss, self->next, self->next_row++);
    flops += self->next->n_columns * ekl_plane_loss_get_flops (self->loss);
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

/**
 * ekl_contours_get_former:
 *
 * Returns: (transfer none) (nullable): the last field of the plane before
 */
const EklField *
ekl_contours_get_former (const EklContours *self)
{
  return self->former;
}
