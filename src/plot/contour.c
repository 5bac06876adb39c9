/* contour.c - level lines and filled levels of a field
 *
 * Marching squares: a cell between four values is crossed by the level on zero, two or four of its
 * edges. The crossings of neighbouring cells meet on the shared edge, so lines are joined by
 * walking from edge to edge.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contour.h"

#include "ticks.h"

#include <math.h>
#include <string.h>

#define NO_EDGE G_MAXUINT

/* The corners of a cell in the order of its outline, and the edges between them:
 *   3 --2-- 2
 *   3       1     edge e goes from corner e to corner (e + 1) % 4
 *   0 --0-- 1     */
typedef struct {
  guint column, row;
  double value[4];
  guint inside; /* bit per corner: value >= level */
  gboolean is_saddle, middle_inside;
} Cell;

static gboolean
read_cell (const EklField *field, double level, guint column, guint row, Cell *cell)
{
  const double *low = &field->value[(gsize) row * field->n_columns + column];
  const double *high = low + field->n_columns;
  double values[4] = { low[0], low[1], high[1], high[0] };
  double sum = 0;

  cell->column = column;
  cell->row = row;
  cell->inside = 0;
  for (guint k = 0; k < 4; k++) {
    if (!isfinite (values[k]))
      return FALSE;
    cell->value[k] = values[k];
    cell->inside |= (guint) (values[k] >= level) << k;
    sum += values[k] / 4;
  }
  cell->is_saddle = cell->inside == 5 || cell->inside == 10;
  cell->middle_inside = sum >= level;

  return TRUE;
}

/* Where the level crosses edge e, in grid units. */
static EklPoint
crossing (const Cell *cell, guint e, double level)
{
  static const double corner[4][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  guint f = (e + 1) % 4;
  double t = (level - cell->value[e]) / (cell->value[f] - cell->value[e]);

  t = isfinite (t) ? CLAMP (t, 0.0, 1.0) : 0.5;

  return (EklPoint){ cell->column + corner[e][0] + t * (corner[f][0] - corner[e][0]),
                     cell->row + corner[e][1] + t * (corner[f][1] - corner[e][1]) };
}

static gboolean
crosses (const Cell *cell, guint e)
{
  return ((cell->inside >> e) & 1) != ((cell->inside >> ((e + 1) % 4)) & 1);
}

/* One number for each edge of the grid: first the level ones, then the upright ones. */
static guint
edge_index (const EklField *field, const Cell *cell, guint e)
{
  guint n_columns = field->n_columns;
  guint n_level = (n_columns - 1) * field->n_rows;

  switch (e) {
  case 0:
    return cell->row * (n_columns - 1) + cell->column;
  case 2:
    return (cell->row + 1) * (n_columns - 1) + cell->column;
  case 1:
    return n_level + cell->row * n_columns + cell->column + 1;
  default:
    return n_level + cell->row * n_columns + cell->column;
  }
}

/* Which crossings each crossing is joined with: at most one on either side. */
typedef struct {
  guint next[2];
  EklPoint point;
} Joint;

static void
join (Joint *joints, guint a, guint b)
{
  joints[a].next[joints[a].next[0] == NO_EDGE ? 0 : 1] = b;
  joints[b].next[joints[b].next[0] == NO_EDGE ? 0 : 1] = a;
}

static void
join_cell (const EklField *field, const Cell *cell, double level, Joint *joints)
{
  guint edge[4], n = 0;

  for (guint e = 0; e < 4; e++) {
    if (!crosses (cell, e))
      continue;
    edge[n] = edge_index (field, cell, e);
    joints[edge[n++]].point = crossing (cell, e, level);
  }

  if (n == 2) {
    join (joints, edge[0], edge[1]);
  } else if (n == 4) {
    /* A saddle: the value in the middle says which pair of corners is connected. */
    gboolean first_corner_alone = ((cell->inside & 1) != 0) != cell->middle_inside;

    join (joints, edge[0], edge[first_corner_alone ? 3 : 1]);
    join (joints, edge[2], edge[first_corner_alone ? 1 : 3]);
  }
}

static EklPoint
to_field (const EklField *field, EklPoint p)
{
  return (EklPoint){ field->x0 + p.x * (field->x1 - field->x0) / (field->n_columns - 1),
                     field->y0 + p.y * (field->y1 - field->y0) / (field->n_rows - 1) };
}

/* Walks from a crossing to the end of its line, or around it, and unties the joints on the way. */
static void
walk (const EklField *field, Joint *joints, guint from, GArray *points, GArray *starts)
{
  while (from != NO_EDGE) {
    guint next = joints[from].next[0] != NO_EDGE ? joints[from].next[0] : joints[from].next[1];
    EklPoint p = to_field (field, joints[from].point);

    g_array_append_val (points, p);
    joints[from].next[0] = joints[from].next[1] = NO_EDGE;
    if (next == NO_EDGE)
      break;
    for (guint side = 0; side < 2; side++)
      if (joints[next].next[side] == from)
        joints[next].next[side] = NO_EDGE;
    if (joints[next].next[0] == NO_EDGE && joints[next].next[1] == NO_EDGE) {
      p = to_field (field, joints[next].point);
      g_array_append_val (points, p);
      break;
    }
    from = next;
  }
  g_array_append_val (starts, points->len);
}

static gboolean
is_drawable (const EklField *field)
{
  return field && field->value && field->n_columns > 1 && field->n_rows > 1 &&
         isfinite (field->x1 - field->x0) && isfinite (field->y1 - field->y0);
}

/**
 * ekl_contour_trace:
 * @field: (nullable): values on a grid; cells with a corner that is not finite are left out
 * @level: the value
 *
 * The lines along which the field, linear along the edges of the grid, has the value @level, joined
 * to polylines: each is closed, or ends at the rim or at an unknown cell. Marching squares
 * (Lorensen and Cline 1987, in the plane); saddles are decided by the mean of the four corners.
 *
 * Returns: (transfer full): the lines
 */
EklContour *
ekl_contour_trace (const EklField *field, double level)
{
  EklContour *self = g_new0 (EklContour, 1);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (EklPoint));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree Joint *joints = NULL;
  guint zero = 0, n_joints = 0;
  Cell cell;

  g_array_append_val (starts, zero);
  if (is_drawable (field) && isfinite (level)) {
    n_joints = (field->n_columns - 1) * field->n_rows + field->n_columns * (field->n_rows - 1);
    joints = g_new (Joint, n_joints);
    for (guint i = 0; i < n_joints; i++)
      joints[i].next[0] = joints[i].next[1] = NO_EDGE;
    for (guint row = 0; row + 1 < field->n_rows; row++)
      for (guint column = 0; column + 1 < field->n_columns; column++)
        if (read_cell (field, level, column, row, &cell) && cell.inside != 0 && cell.inside != 15)
          join_cell (field, &cell, level, joints);
  }

  /* first the lines that have an end, from there; what is left goes around */
  for (guint i = 0; i < n_joints; i++)
    if ((joints[i].next[0] == NO_EDGE) != (joints[i].next[1] == NO_EDGE))
      walk (field, joints, i, points, starts);
  for (guint i = 0; i < n_joints; i++)
    if (joints[i].next[0] != NO_EDGE)
      walk (field, joints, i, points, starts);

  self->n_points = points->len;
  self->n_lines = starts->len - 1;
  self->point = (EklPoint *) g_array_free (g_steal_pointer (&points), FALSE);
  self->start = (guint *) g_array_free (g_steal_pointer (&starts), FALSE);

  return self;
}

/**
 * ekl_contour_free:
 * @self: (nullable): lines
 *
 * Frees them.
 */
void
ekl_contour_free (EklContour *self)
{
  if (!self)
    return;

  g_free (self->point);
  g_free (self->start);
  g_free (self);
}

/**
 * ekl_contour_length:
 * @self: lines
 *
 * Returns: their length in the field's own units
 */
double
ekl_contour_length (const EklContour *self)
{
  double length = 0;

  for (guint k = 0; k < self->n_lines; k++)
    for (guint i = self->start[k] + 1; i < self->start[k + 1]; i++)
      length +=
        hypot (self->point[i].x - self->point[i - 1].x, self->point[i].y - self->point[i - 1].y);

  return length;
}

/**
 * ekl_contour_path:
 * @self: lines
 * @cr: a cairo context
 * @x: horizontal scale
 * @y: vertical scale
 *
 * Adds the lines to cairo's path.
 */
void
ekl_contour_path (const EklContour *self, cairo_t *cr, const EklScale *x, const EklScale *y)
{
  for (guint k = 0; k < self->n_lines; k++) {
    cairo_new_sub_path (cr);
    for (guint i = self->start[k]; i < self->start[k + 1]; i++)
      cairo_line_to (cr, ekl_scale_map (x, self->point[i].x), ekl_scale_map (y, self->point[i].y));
  }
}

static void
field_line_to (const EklField *field, EklPoint p, cairo_t *cr, const EklScale *x, const EklScale *y)
{
  p = to_field (field, p);
  cairo_line_to (cr, ekl_scale_map (x, p.x), ekl_scale_map (y, p.y));
}

/* The part of a crossed cell that is inside: its outline with the outer corners cut off. */
static void
cut_cell (const EklField *field,
          const Cell *cell,
          double level,
          cairo_t *cr,
          const EklScale *x,
          const EklScale *y)
{
  static const EklPoint corner[4] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  gboolean split = cell->is_saddle && !cell->middle_inside;

  cairo_new_sub_path (cr);
  for (guint e = 0; e < 4; e++) {
    gboolean inside = (cell->inside >> e) & 1;
    EklPoint p = { cell->column + corner[e].x, cell->row + corner[e].y };

    if (inside) {
      if (split) {
        cairo_close_path (cr);
        cairo_new_sub_path (cr);
        field_line_to (field, crossing (cell, (e + 3) % 4, level), cr, x, y);
      }
      field_line_to (field, p, cr, x, y);
    }
    if (crosses (cell, e) && (inside || !split))
      field_line_to (field, crossing (cell, e, level), cr, x, y);
  }
  cairo_close_path (cr);
}

static void
whole_cells (const EklField *field,
             guint from,
             guint to,
             guint row,
             cairo_t *cr,
             const EklScale *x,
             const EklScale *y)
{
  cairo_new_sub_path (cr);
  field_line_to (field, (EklPoint){ from, row }, cr, x, y);
  field_line_to (field, (EklPoint){ to, row }, cr, x, y);
  field_line_to (field, (EklPoint){ to, row + 1 }, cr, x, y);
  field_line_to (field, (EklPoint){ from, row + 1 }, cr, x, y);
  cairo_close_path (cr);
}

/**
 * ekl_contour_region_path:
 * @field: (nullable): values on a grid
 * @level: the value; -INFINITY for all that is known
 * @cr: a cairo context
 * @x: horizontal scale
 * @y: vertical scale
 *
 * Adds the region where the field is @level or more to cairo's path, bounded by the lines of
 * ekl_contour_trace(). Runs of whole cells in a row are one rectangle. All is one path, so that no
 * seams show when it is filled.
 */
void
ekl_contour_region_path (
  const EklField *field, double level, cairo_t *cr, const EklScale *x, const EklScale *y)
{
  if (!is_drawable (field))
    return;

  for (guint row = 0; row + 1 < field->n_rows; row++) {
    guint column = 0, run = 0;
    Cell cell;

    for (; column + 1 < field->n_columns; column++) {
      gboolean known = read_cell (field, level, column, row, &cell);

      if (known && cell.inside == 15) {
        run++;
        continue;
      }
      if (run > 0)
        whole_cells (field, column - run, column, row, cr, x, y);
      run = 0;
      if (known && cell.inside != 0)
        cut_cell (field, &cell, level, cr, x, y);
    }
    if (run > 0)
      whole_cells (field, column - run, column, row, cr, x, y);
  }
}

static guint
finite_values (const EklField *field, const EklPoint *corners, double *values)
{
  guint n = 0;

  for (guint row = 0; row < field->n_rows; row++) {
    for (guint column = 0; column < field->n_columns; column++) {
      EklPoint p = to_field (field, (EklPoint){ column, row });
      double value = field->value[(gsize) row * field->n_columns + column];

      if (isfinite (value) && (!corners || (p.x >= corners[0].x && p.x <= corners[1].x &&
                                            p.y >= corners[0].y && p.y <= corners[1].y)))
        values[n++] = value;
    }
  }

  return n;
}

/* 1, 2, 5, 10, ..., or more or fewer a decade, whichever gives about as many as wanted */
static void
choose_log (EklLevels *self, double low, double high, guint count)
{
  static const double digits[3][6] = { { 1 }, { 1, 2, 5 }, { 1, 1.5, 2, 3, 5, 7 } };
  static const guint n_digits[3] = { 1, 3, 6 };
  double decades = log10 (high / low);
  guint density = decades * 6 <= count * 1.3 ? 2 : decades * 3 <= count * 1.5 ? 1 : 0;
  int stride = MAX (1, (int) ceil (decades / MAX (count, 1)));

  self->log = TRUE;
  for (int power = (int) floor (log10 (low)); power <= (int) ceil (log10 (high)); power++) {
    for (guint k = 0; k < n_digits[density]; k++) {
      double level = digits[density][k] * pow (10, power);

      if (level > low && level < high && power % stride == 0 && self->n < EKL_MAX_LEVELS)
        self->level[self->n++] = level;
    }
  }
}

/**
 * ekl_levels_choose:
 * @self: (out): the levels, rising
 * @field: (nullable): the values
 * @corners: (nullable) (array fixed-size=2): lower left and upper right of the part that counts;
 * NULL for all
 * @count: how many are wanted, about
 *
 * Round numbers between the 1 % and the 98 % quantile of the field: rising by factors where the
 * field is positive and spans more than a factor of six, by equal steps otherwise.
 *
 * Returns: whether there are any
 */
gboolean
ekl_levels_choose (EklLevels *self, const EklField *field, const EklPoint *corners, guint count)
{
  g_autofree double *values = NULL;
  guint n;
  double low, high;
  EklTicks ticks;

  *self = (EklLevels){ 0 };
  if (!is_drawable (field))
    return FALSE;

  values = g_new (double, (gsize) field->n_columns * field->n_rows);
  n = finite_values (field, corners, values);
  if (n < 4 && corners)
    n = finite_values (field, NULL, values);
  if (n < 4)
    return FALSE;

  low = ekl_quantile (values, n, 0.01);
  high = ekl_quantile (values, n, 0.98);
  if (values[0] > 0 && high / low > 6) {
    choose_log (self, low, high, count);
  } else {
    ekl_ticks_linear (&ticks, low, high, count);
    for (guint i = 0; i < ticks.n && self->n < EKL_MAX_LEVELS; i++)
      if (ticks.tick[i].value > low && ticks.tick[i].value < high)
        self->level[self->n++] = ticks.tick[i].value;
  }

  return self->n > 0;
}
