/* confusion_figure.c - which class is taken for which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "readout.h"
#include "series.h"

#include <math.h>

#define MOST_CLASSES 64   /* more are too many for cells: the numbers alone are told */
#define LEAST_ROW    0.8  /* line heights: in lower rows not each has its name */
#define MOST_NAME    0.32 /* of the width, for the rows' names */
#define WIDE         34   /* font sizes: a picture with room for whole words */
#define SELECTED     12   /* likewise, and for each selected particle */
#define GAMMA        0.6  /* few mistakes among many rows are to be seen too */

typedef struct {
  const EklPredictions *data;
  const guint *count; /* (n, n) of the method that is shown */
  guint n;
  guint unanswered;
  const char *method;
  EklColor color;
  EklBox plot; /* the matrix */
  double cell_width, cell_height;
  gboolean numbered; /* the columns have no room for names */
} Matrix;

static void
choose (Matrix *self, const EklCanvas *canvas, const EklPredictions *data, EklShown shown)
{
  const EklConfusion *confusion = data->confusion;
  gboolean descent = confusion->descent && (shown == EKL_SHOWN_GD || !confusion->mean_particle);

  *self = (Matrix){ .data = data, .n = data->n_classes };
  self->count = descent ? confusion->descent : confusion->mean_particle;
  self->unanswered = descent ? confusion->descent_unanswered : confusion->mean_unanswered;
  self->method = descent ? "gradient descent" : "EKI's mean particle";
  self->color = descent ? canvas->theme->gd : canvas->theme->eki;
}

/* The counts of the k-th selected particle. */
static const guint *
selected_count (const EklPredictions *data, guint k)
{
  return data->confusion->selected + (gsize) k * data->n_classes * data->n_classes;
}

/* Selected particles need places in the legend. */
static gboolean
is_roomy (const EklCanvas *canvas, const EklPredictions *data)
{
  return canvas->width > (WIDE + SELECTED * data->confusion->n_selected) * canvas->font_size;
}

static guint
row_sum (const Matrix *self, guint row)
{
  guint sum = 0;

  for (guint c = 0; c < self->n; c++)
    sum += self->count[(gsize) row * self->n + c];

  return sum;
}

/* Of whom which share is right; "right" is said where there is room for it. */
static void
add_accuracy (EklLegend *legend,
              const EklCanvas *canvas,
              EklKey key,
              EklColor color,
              const char *name,
              const guint *count,
              const EklPredictions *data)
{
  const guint rows = data->confusion->n_rows;
  g_autofree char *share = NULL;

  if (!count || rows == 0)
    return;
  share = ekl_format_percent ((double) ekl_confusion_hits (count, data->n_classes) / rows);
  ekl_legend_add (legend, key, color, is_roomy (canvas, data) ? "%s %s right" : "%s %s", name,
                  share);
}

static void
fill_legend (const Matrix *self, EklLegend *legend, const EklCanvas *canvas)
{
  const EklConfusion *confusion = self->data->confusion;
  const EklTheme *theme = canvas->theme;

  add_accuracy (legend, canvas, EKL_KEY_SQUARE, theme->gd, "GD", confusion->descent, self->data);
  add_accuracy (legend, canvas, EKL_KEY_DOT, theme->eki, "EKI", confusion->mean_particle,
                self->data);
  for (guint k = 0; k < confusion->n_selected; k++) {
    g_autofree char *name = g_strdup_printf (is_roomy (canvas, self->data) ? "particle %u" : "P%u",
                                             self->data->selected[k] + 1);

    add_accuracy (legend, canvas, EKL_KEY_TRIANGLE, theme->third, name,
                  selected_count (self->data, k), self->data);
  }
  if (self->data->n_selected > confusion->n_selected)
    ekl_legend_add (legend, EKL_KEY_NONE, theme->dim, "and %u more selected",
                    self->data->n_selected - confusion->n_selected);
  if (self->unanswered > 0)
    ekl_legend_add (legend, EKL_KEY_NONE, theme->dim, "%u without an answer", self->unanswered);
}

/* What stands over the matrix: whose it is, and of how many rows. */
static char *
make_header (const Matrix *self, const EklCanvas *canvas)
{
  const EklConfusion *confusion = self->data->confusion;
  const char *part = confusion->validation ? "validation" : "training";
  const char *method = is_roomy (canvas, self->data)       ? self->method
                       : self->count == confusion->descent ? "GD"
                                                           : "EKI";
  g_autofree char *rows =
    is_roomy (canvas, self->data) ? g_strdup_printf ("%s rows", part) : g_strdup ("rows");
  g_autofree char *all = ekl_format_short (confusion->n_all);

  return confusion->n_rows < confusion->n_all
           ? g_strdup_printf ("%s, %u of %s %s", method, confusion->n_rows, all, rows)
           : g_strdup_printf ("%s, %s %s", method, all, rows);
}

static char *
row_name (const Matrix *self, guint row)
{
  const char *name = ekl_predictions_class (self->data, row);

  return self->numbered ? g_strdup_printf ("%u  %s", row + 1, name) : g_strdup (name);
}

static double
names_width (const Matrix *self, EklCanvas *canvas)
{
  double widest = 0, width;

  for (guint r = 0; r < self->n; r++) {
    g_autofree char *name = row_name (self, r);

    ekl_canvas_measure (canvas, name, &(EklTextStyle){ 0 }, &width, NULL);
    widest = MAX (widest, width);
  }

  return widest;
}

/* Whether the columns have numbers in place of names: these do not fit, numbers are shorter, and each row
 * can tell which number is its own. */
static gboolean
needs_numbers (const Matrix *self, EklCanvas *canvas)
{
  double widest = 0, width;

  if (self->cell_height < LEAST_ROW * canvas->line_height)
    return FALSE;
  for (guint c = 0; c < self->n; c++) {
    ekl_canvas_measure (canvas, ekl_predictions_class (self->data, c), &(EklTextStyle){ 0 }, &width,
                        NULL);
    widest = MAX (widest, width);
  }
  ekl_canvas_measure (canvas, self->n < 10 ? "0" : "00", &(EklTextStyle){ 0 }, &width, NULL);

  return widest > width && widest > self->cell_width - canvas->font_size * 0.3;
}

/* Rows' names on the left, the share that was found on the right, columns' names below. */
static void
lay_out (Matrix *self, EklCanvas *canvas, EklBox area)
{
  double font = canvas->font_size, right, below = 2.2 * canvas->line_height;

  ekl_canvas_measure (canvas, "100 %", &(EklTextStyle){ 0 }, &right, NULL);
  right += font;
  for (guint attempt = 0; attempt < 2; attempt++) {
    double left = MIN (names_width (self, canvas), MOST_NAME * area.width) + 1.6 * font;

    self->plot =
      (EklBox){ floor (area.x + left), floor (area.y), MAX (floor (area.width - left - right), 1),
                MAX (floor (area.height - below), 1) };
    self->plot.width = MIN (self->plot.width, 2.2 * self->plot.height);
    self->cell_width = self->plot.width / self->n;
    self->cell_height = self->plot.height / self->n;
    if (attempt == 0)
      self->numbered = needs_numbers (self, canvas);
  }
}

static EklBox
cell_box (const Matrix *self, guint row, guint column)
{
  double x0 = round (self->plot.x + column * self->cell_width);
  double y0 = round (self->plot.y + row * self->cell_height);

  return (EklBox){ x0, y0, round (self->plot.x + (column + 1) * self->cell_width) - x0,
                   round (self->plot.y + (row + 1) * self->cell_height) - y0 };
}

static double
brightness (EklColor color)
{
  return 0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue;
}

/* Black, or white where that has a contrast of 4 : 1: on a strong colour white is the easier to read,
 * even where black is a little farther from it. */
static EklColor
ink_on (EklColor ground)
{
  double level = brightness (ground) > 0.5 ? 0 : 1;

  return (EklColor){ level, level, level, 1 };
}

/* Whether the cells have room for a second number, and there is a particle whose that is. */
static gboolean
shows_particle (const Matrix *self, const EklCanvas *canvas)
{
  return self->data->confusion->n_selected > 0 && self->cell_height > 2 * canvas->line_height;
}

/* What the first of the selected particles says, on a tab at the cell's foot in the colour of
 * selected ones. */
static void
draw_particle_count (const Matrix *self, EklCanvas *canvas, guint row, guint column, EklBox box)
{
  const guint count = selected_count (self->data, 0)[(gsize) row * self->n + column];
  g_autofree char *text = count > 0 ? g_strdup_printf ("%u", count) : NULL;
  EklColor color = canvas->theme->third;
  EklTextStyle style = { .x_align = 0.5, .y_align = 0.5, .color = ink_on (color) };
  const double height = canvas->line_height, pad = 0.35 * canvas->font_size;
  const double middle = box.x + box.width / 2, y = box.y + box.height - 0.62 * height - 1;
  EklBox place;

  if (text == NULL)
    return;
  place = ekl_canvas_place (canvas, text, middle, y, &style);
  ekl_canvas_color (canvas, color, 1);
  cairo_rectangle (canvas->cr, MAX (place.x - pad, box.x + 1), y - height / 2,
                   MIN (place.width + 2 * pad, box.width - 2), height);
  cairo_fill (canvas->cr);
  ekl_canvas_text (canvas, text, middle, y, &style);
}

static void
draw_cell (
  const Matrix *self, EklCanvas *canvas, guint row, guint column, guint sum, gboolean numbers)
{
  const EklTheme *theme = canvas->theme;
  guint count = self->count[(gsize) row * self->n + column];
  double share = sum > 0 ? (double) count / sum : 0;
  double t = count > 0 ? 0.1 + 0.9 * pow (share, GAMMA) : 0;
  EklColor ground = ekl_color_mix (theme->background, self->color, t);
  EklBox box = cell_box (self, row, column);
  double gap = box.width > 8 && box.height > 8 ? 1 : 0;

  ekl_canvas_color (canvas, ground, 1);
  cairo_rectangle (canvas->cr, box.x, box.y, box.width - gap, box.height - gap);
  cairo_fill (canvas->cr);
  if (row == column && gap > 0) {
    ekl_canvas_color (canvas, theme->foreground, 0.9);
    cairo_set_line_width (canvas->cr, 1);
    cairo_set_dash (canvas->cr, NULL, 0, 0);
    cairo_rectangle (canvas->cr, box.x + 0.5, box.y + 0.5, box.width - 2, box.height - 2);
    cairo_stroke (canvas->cr);
  }
  if (numbers && count > 0) {
    g_autofree char *text = g_strdup_printf ("%u", count);
    EklTextStyle style = { .x_align = 0.5,
                           .y_align = 0.5,
                           .color = ink_on (ground),
                           .weight = row == column ? EKL_TEXT_BOLD : EKL_TEXT_PLAIN };

    ekl_canvas_text (canvas, text, box.x + box.width / 2,
                     box.y + (shows_particle (self, canvas) ? 0.3 : 0.5) * box.height, &style);
  }
  if (numbers && shows_particle (self, canvas))
    draw_particle_count (self, canvas, row, column, box);
}

static gboolean
numbers_fit (const Matrix *self, EklCanvas *canvas)
{
  guint most = 0;
  double width, height;
  g_autofree char *text = NULL;

  for (gsize k = 0; k < (gsize) self->n * self->n; k++)
    most = MAX (most, self->count[k]);
  text = g_strdup_printf ("%u", most);
  ekl_canvas_measure (canvas, text, &(EklTextStyle){ .weight = EKL_TEXT_BOLD }, &width, &height);

  return width < self->cell_width - 2 && 0.8 * height < self->cell_height;
}

static void
draw_cells (const Matrix *self, EklCanvas *canvas)
{
  gboolean numbers = numbers_fit (self, canvas);

  for (guint r = 0; r < self->n; r++) {
    guint sum = row_sum (self, r);

    for (guint c = 0; c < self->n; c++)
      draw_cell (self, canvas, r, c, sum, numbers);
  }
  ekl_canvas_color (canvas, canvas->theme->dim, 0.6);
  cairo_set_line_width (canvas->cr, 1);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_rectangle (canvas->cr, self->plot.x - 0.5, self->plot.y - 0.5, round (self->plot.width),
                   round (self->plot.height));
  cairo_stroke (canvas->cr);
}

static void
draw_row_labels (const Matrix *self, EklCanvas *canvas)
{
  EklTextStyle name_style = { .x_align = 1, .y_align = 0.5, .color = canvas->theme->foreground };
  EklTextStyle share_style = { .y_align = 0.5, .color = canvas->theme->dim };
  double most = MOST_NAME * canvas->width;
  double x = self->plot.x - canvas->font_size * 0.5;
  double free_from = -INFINITY;

  for (guint r = 0; r < self->n; r++) {
    double y = self->plot.y + (r + 0.5) * self->cell_height;
    guint sum = row_sum (self, r);
    g_autofree char *whole = row_name (self, r);
    g_autofree char *name = ekl_canvas_ellipsize (canvas, whole, &name_style, most);

    if (y < free_from)
      continue;
    free_from = y + LEAST_ROW * canvas->line_height;
    ekl_canvas_text (canvas, name, x, y, &name_style);
    if (sum > 0) {
      g_autofree char *share =
        g_strdup_printf ("%.0f %%", 100.0 * self->count[(gsize) r * self->n + r] / sum);

      ekl_canvas_text (canvas, share, self->plot.x + self->plot.width + canvas->font_size * 0.4, y,
                       &share_style);
    }
  }
}

static void
draw_column_labels (const Matrix *self, EklCanvas *canvas)
{
  EklTextStyle style = { .x_align = 0.5, .color = canvas->theme->foreground };
  double y = self->plot.y + self->plot.height + canvas->font_size * 0.25;
  double free_from = -INFINITY;

  for (guint c = 0; c < self->n; c++) {
    g_autofree char *number = g_strdup_printf ("%u", c + 1);
    const char *name = self->numbered ? number : ekl_predictions_class (self->data, c);
    double x = self->plot.x + (c + 0.5) * self->cell_width;
    EklBox box = ekl_canvas_place (canvas, name, x, y, &style);

    if (box.x < free_from)
      continue;
    ekl_canvas_text (canvas, name, x, y, &style);
    free_from = box.x + box.width + canvas->font_size * 0.25;
  }
}

/* How a matrix is read, in as many words as there is room for. */
static void
draw_caption (const Matrix *self, EklCanvas *canvas)
{
  static const char *const captions[] = {
    "rows: true class · columns: answer · at the right: share of the row that is right",
    "rows: true · columns: answered · right: share found",
    "rows: true, columns: answered",
  };
  EklTextStyle style = { .color = canvas->theme->dim };
  const double middle = self->plot.x + self->plot.width / 2, pad = 0.4 * canvas->font_size;
  const char *text = NULL;
  double width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (captions); i++) {
    text = captions[i];
    ekl_canvas_measure (canvas, text, &style, &width, NULL);
    if (width <= canvas->width - 2 * pad)
      break;
  }
  ekl_canvas_text (
    canvas, text, MAX (MIN (middle - width / 2, canvas->width - pad - width), pad),
    self->plot.y + self->plot.height + canvas->font_size * 0.25 + canvas->line_height, &style);
}

/* Too many classes for cells: how many are right, as a sentence. */
static void
draw_summary (const Matrix *self,
              EklCanvas *canvas,
              const EklFigureOptions *options,
              EklFigureLayout *layout)
{
  g_autofree char *words = ekl_predictions_describe (self->data);

  ekl_figure_draw_empty (canvas, options, NULL, NULL, words, layout);
}

/**
 * ekl_confusion_figure_draw:
 * @canvas: where to draw
 * @options: its options; "shown" is whose answers are counted
 * @data: predictions of kind CONFUSION
 * @layout: (out): what was drawn where
 *
 * Draws the counts of one method: a row a true class, a column an answered one, darker where more
 * of the row fall, the diagonal framed; on the right the share of each class that was found. Where
 * the columns are too narrow for the names, the classes are numbered; where the rows are too low for
 * theirs, some have none. The legend says how often selected particles are right, and a tab in each cell
 * what the first of them counts.
 */
void
ekl_confusion_figure_draw (EklCanvas *canvas,
                           const EklFigureOptions *options,
                           const EklPredictions *data,
                           EklFigureLayout *layout)
{
  g_auto (EklLegend) legend = { 0 };
  g_autofree char *header = NULL;
  Matrix self;
  EklBox area;

  choose (&self, canvas, data, options->shown);
  if (self.n > MOST_CLASSES) {
    draw_summary (&self, canvas, options, layout);
    return;
  }

  header = make_header (&self, canvas);
  fill_legend (&self, &legend, canvas);
  area =
    ekl_figure_area (canvas, ekl_header_draw (canvas, ekl_figure_title (options), header, &legend));
  lay_out (&self, canvas, area);
  draw_cells (&self, canvas);
  draw_row_labels (&self, canvas);
  draw_column_labels (&self, canvas);
  draw_caption (&self, canvas);
  *layout = (EklFigureLayout){ .left = self.plot.x,
                               .top = self.plot.y,
                               .width = self.plot.width,
                               .height = self.plot.height,
                               .x1 = self.n,
                               .y1 = self.n };
}

/**
 * ekl_confusion_figure_hover:
 * @canvas: where to draw
 * @options: its options
 * @data: predictions of kind CONFUSION
 * @layout: what was drawn where
 * @x: the pointer, px
 * @y: the pointer, px
 *
 * Draws the read-out of the cell at the pointer, for both methods.
 */
void
ekl_confusion_figure_hover (EklCanvas *canvas,
                            const EklFigureOptions *options,
                            const EklPredictions *data,
                            const EklFigureLayout *layout,
                            double x,
                            double y)
{
  const EklConfusion *confusion = data->confusion;
  const EklBox plot = { layout->left, layout->top, layout->width, layout->height };
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  guint row, column;
  gsize cell;

  if (data->n_classes > MOST_CLASSES)
    return;

  row = (guint) CLAMP ((y - plot.y) / plot.height * data->n_classes, 0, data->n_classes - 1.0);
  column = (guint) CLAMP ((x - plot.x) / plot.width * data->n_classes, 0, data->n_classes - 1.0);
  cell = (gsize) row * data->n_classes + column;
  head = g_strdup_printf ("true %s, answered %s", ekl_predictions_class (data, row),
                          ekl_predictions_class (data, column));
  if (confusion->descent)
    ekl_legend_add (&lines, EKL_KEY_SQUARE, canvas->theme->gd, "GD %u rows",
                    confusion->descent[cell]);
  if (confusion->mean_particle)
    ekl_legend_add (&lines, EKL_KEY_DOT, canvas->theme->eki, "EKI %u rows",
                    confusion->mean_particle[cell]);
  for (guint k = 0; k < confusion->n_selected; k++)
    ekl_legend_add (&lines, EKL_KEY_TRIANGLE, canvas->theme->third, "particle %u: %u rows",
                    data->selected[k] + 1, selected_count (data, k)[cell]);
  ekl_readout_draw (canvas, head, &lines, plot, x, y);
}
