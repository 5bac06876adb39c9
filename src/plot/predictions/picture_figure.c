/* picture_figure.c - a page of pictures: what they are, and what is said of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "marks.h"
#include "readout.h"
#include "series.h"

#include <math.h>

#define MOST_TILES   12
#define LEAST_SIDE   2.3 /* font sizes: with smaller pictures there are fewer on a page */
#define LECTURE_SIDE 3.2 /* the same where they are looked at from the back row */
#define LEAST_WIDTH  7.6 /* font sizes: of "EKI × GD ×" */
#define ROOMY_WIDTH  12  /* font sizes: from here on a tile has room for the answers' names */
#define WIDE         34  /* font sizes: a picture with room for whole words */
#define MOST_COLUMNS 40  /* of votes: with more classes, one bar for the true class */
#define TOLD_VOTES   3   /* in the read-out */

typedef struct {
  const EklPredictions *data;
  const EklPicturePage *page;
  guint n, n_columns, n_rows;
  EklBox area;
  double tile_width, tile_height, side, pad;
  guint n_lines;                    /* of text below a picture */
  gboolean has_names, has_particle; /* the first of the selected ones */
} Page;

/* How large pictures can be with so many columns. */
static double
side_with (const Page *self, const EklCanvas *canvas, guint n_columns, guint *n_lines)
{
  guint n_rows = (self->n + n_columns - 1) / n_columns;
  double width = self->area.width / n_columns - 2 * self->pad;
  double height = self->area.height / n_rows - 2 * self->pad;
  double ratio = (double) self->page->height / self->page->width;
  double share = self->page->vote ? 0.55 : 1; /* beside it stand the votes */

  *n_lines = 2 + self->has_particle;
  if (width < LEAST_WIDTH * canvas->font_size && n_columns > 1)
    return -INFINITY;
  *n_lines += width >= ROOMY_WIDTH * canvas->font_size;

  return MIN (share * width, (height - *n_lines * canvas->line_height) / ratio);
}

static void
try_columns (Page *self, const EklCanvas *canvas)
{
  self->side = -INFINITY;
  for (guint n_columns = 1; n_columns <= self->n; n_columns++) {
    guint n_lines = 2;
    double side = side_with (self, canvas, n_columns, &n_lines);

    if (side > self->side) {
      self->side = side;
      self->n_columns = n_columns;
      self->n_lines = n_lines;
    }
  }
  self->n_rows = (self->n + self->n_columns - 1) / self->n_columns;
  self->tile_width = self->area.width / self->n_columns;
  self->tile_height = self->area.height / self->n_rows;
  self->has_names = self->n_lines == 3u + self->has_particle;
}

/* As many tiles as are large enough to be looked at; the grid that makes the pictures largest. */
static void
lay_out (Page *self, const EklCanvas *canvas, const EklPredictions *data, EklBox area)
{
  static const guint counts[] = { MOST_TILES, 10, 8, 6, 4, 3, 2, 1 };
  const gboolean lecture = canvas->theme->kind == EKL_THEME_PRESENTER;
  const double least = (lecture ? LECTURE_SIDE : LEAST_SIDE) * canvas->font_size;

  *self = (Page){ .data = data,
                  .page = data->pictures,
                  .area = area,
                  .has_particle = data->pictures->n_selected > 0 };
  self->pad = canvas->font_size * 0.35;
  for (guint k = 0; k < G_N_ELEMENTS (counts); k++) {
    if (counts[k] > self->page->n && k + 1 < G_N_ELEMENTS (counts))
      continue;
    self->n = MIN (counts[k], self->page->n);
    try_columns (self, canvas);
    if (self->side >= least)
      return;
  }
}

static EklBox
tile_box (const Page *self, guint i)
{
  return (EklBox){ floor (self->area.x + i % self->n_columns * self->tile_width),
                   floor (self->area.y + i / self->n_columns * self->tile_height), self->tile_width,
                   self->tile_height };
}

static void
draw_picture (const Page *self, EklCanvas *canvas, guint i, EklBox box)
{
  const EklPicturePage *page = self->page;
  int width = (int) page->width, height = (int) page->height;
  const guint8 *pixel = page->pixel + (gsize) i * page->width * page->height;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guchar *bytes = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);

  if (!bytes || !(box.width >= 1) || !(box.height >= 1)) {
    cairo_surface_destroy (image);
    return;
  }
  for (int row = 0; row < height; row++) {
    guint32 *line = (guint32 *) (void *) (bytes + (gsize) row * stride);

    for (int column = 0; column < width; column++)
      line[column] = 0x10101u * pixel[(gsize) row * width + column];
  }
  cairo_surface_mark_dirty (image);

  cairo_save (canvas->cr);
  cairo_translate (canvas->cr, box.x, box.y);
  cairo_scale (canvas->cr, box.width / width, box.height / height);
  cairo_set_source_surface (canvas->cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (canvas->cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle (canvas->cr, 0, 0, width, height);
  cairo_fill (canvas->cr);
  cairo_restore (canvas->cr);
  cairo_surface_destroy (image);
}

/* A triangle on the bar of the class that a selected particle says. */
static void
draw_particle_votes (
  const Page *self, EklCanvas *canvas, guint i, guint class_index, double x, double y, double step)
{
  const EklPicturePage *page = self->page;
  const double radius = CLAMP (0.5 * step, 1.6, 0.34 * canvas->font_size);

  for (guint k = 0; k < page->n_selected; k++)
    if (page->selected[(gsize) k * page->n + i] == class_index) {
      ekl_mark_paint (canvas, EKL_MARK_TRIANGLE, EKL_MARK_FILLED, canvas->theme->third, x,
                      y - radius, radius);
      return;
    }
}

/* A bar a class, as high as the share of the particles that say it; the true one is full, and a
 * triangle points at it. */
static void
draw_vote_columns (const Page *self, EklCanvas *canvas, guint i, EklBox box)
{
  const guint *vote = self->page->vote + (gsize) i * self->data->n_classes;
  guint n = self->data->n_classes, truth = self->page->truth[i];
  double step = box.width / n, foot = canvas->font_size * 0.42;
  double base = box.y + box.height - foot;
  double most = box.height - foot * (self->has_particle ? 2.4 : 1);

  ekl_canvas_color (canvas, canvas->theme->dim, 0.7);
  ekl_canvas_hairline (canvas, box.x, base, box.x + box.width, base);
  for (guint c = 0; c < n; c++) {
    double x = box.x + c * step, height = most * vote[c] / MAX (self->page->n_particles, 1);

    ekl_canvas_color (canvas, canvas->theme->eki, c == truth ? 1 : 0.4);
    cairo_rectangle (canvas->cr, x + 0.1 * step, base - height, 0.8 * step, height);
    cairo_fill (canvas->cr);
    if (self->has_particle)
      draw_particle_votes (self, canvas, i, c, x + step / 2, base - height, step);
    if (c == truth) {
      cairo_move_to (canvas->cr, x + step / 2, base + 0.15 * foot);
      cairo_rel_line_to (canvas->cr, 0.5 * foot, 0.85 * foot);
      cairo_rel_line_to (canvas->cr, -foot, 0);
      cairo_close_path (canvas->cr);
      ekl_canvas_color (canvas, canvas->theme->foreground, 1);
      cairo_fill (canvas->cr);
    }
  }
}

/* Of many classes: how many particles say the true one, as a part of a frame. */
static void
draw_vote_share (const Page *self, EklCanvas *canvas, guint i, EklBox box)
{
  const guint *vote = self->page->vote + (gsize) i * self->data->n_classes;
  guint truth = self->page->truth[i];
  double height = canvas->font_size * 0.7, y = box.y + (box.height - height) / 2;
  double share =
    truth == EKL_NO_CLASS ? 0 : (double) vote[truth] / MAX (self->page->n_particles, 1);

  ekl_canvas_color (canvas, canvas->theme->eki, 1);
  cairo_rectangle (canvas->cr, box.x, y, share * box.width, height);
  cairo_fill (canvas->cr);
  cairo_set_line_width (canvas->cr, 1);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_rectangle (canvas->cr, box.x, y, box.width, height);
  cairo_stroke (canvas->cr);
}

static void
draw_check (EklCanvas *canvas, EklColor color, double x, double y)
{
  double r = canvas->font_size * 0.34;

  cairo_move_to (canvas->cr, x - r, y);
  cairo_line_to (canvas->cr, x - 0.3 * r, y + 0.75 * r);
  cairo_line_to (canvas->cr, x + r, y - 0.85 * r);
  ekl_stroke_set (canvas, MAX (1.4, 0.7 * canvas->line_width), EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, color, 1);
  cairo_stroke (canvas->cr);
}

/* Who answers, and what. */
typedef struct {
  const guint *answer; /* (n) NULL: nothing */
  EklMark mark;
  EklColor color;
  char name[16];
} Voice;

static Voice
get_voice (const Page *self, const EklCanvas *canvas, guint index)
{
  const EklTheme *theme = canvas->theme;
  Voice voice = { self->page->mean_particle, EKL_MARK_DOT, theme->eki, "EKI" };

  if (index == 1)
    voice = (Voice){ self->page->descent, EKL_MARK_SQUARE, theme->gd, "GD" };
  if (index == 2) {
    voice = (Voice){ self->has_particle ? self->page->selected : NULL, EKL_MARK_TRIANGLE,
                     theme->third, "" };
    if (self->has_particle)
      g_snprintf (voice.name, sizeof voice.name, "P%u", self->data->selected[0] + 1);
  }
  return voice;
}

/* "● Sandal ×", or without room "EKI ×"; returns where it ends. */
static double
draw_answer (const Page *self,
             EklCanvas *canvas,
             const Voice *voice,
             guint i,
             double x,
             double y,
             double max_width)
{
  guint answer = voice->answer[i];
  gboolean right = answer == self->page->truth[i] && answer != EKL_NO_CLASS;
  EklColor color = voice->color;
  EklTextStyle style = { .y_align = 0.5, .color = canvas->theme->foreground };
  double font = canvas->font_size, mark = 1.3 * font, key = 0;
  g_autofree char *text = NULL;
  EklBox box;

  if (self->has_names) {
    ekl_mark_paint (canvas, voice->mark, EKL_MARK_FILLED, color, x + 0.35 * font, y, 0.3 * font);
    key = font;
    text = ekl_canvas_ellipsize (canvas, ekl_predictions_class (self->data, answer), &style,
                                 max_width - key - mark);
  } else {
    style.color = color;
    style.weight = EKL_TEXT_BOLD;
    text = g_strdup (voice->name);
  }
  box = ekl_canvas_place (canvas, text, x + key, y, &style);
  ekl_canvas_text (canvas, text, x + key, y, &style);
  x = box.x + box.width + 0.65 * font;
  if (right)
    draw_check (canvas, color, x, y);
  else
    ekl_mark_paint (canvas, EKL_MARK_CROSS, EKL_MARK_FILLED, color, x, y, 0.32 * font);

  return x + 0.75 * font;
}

static void
draw_words (const Page *self, EklCanvas *canvas, guint i, double x, double y, double width)
{
  EklTextStyle bold = { .y_align = 0.5,
                        .weight = EKL_TEXT_BOLD,
                        .color = canvas->theme->foreground };
  g_autofree char *truth = ekl_canvas_ellipsize (
    canvas, ekl_predictions_class (self->data, self->page->truth[i]), &bold, width);
  double line = canvas->line_height, start = x;

  ekl_canvas_text (canvas, truth, x, y + line / 2, &bold);
  for (guint k = 0; k < 3; k++) {
    const Voice voice = get_voice (self, canvas, k);

    if (voice.answer == NULL)
      continue;
    /* without names both methods stand on a line, and the particle below */
    if (self->has_names)
      draw_answer (self, canvas, &voice, i, x, y + (k + 1.5) * line, width);
    else if (k == 2)
      draw_answer (self, canvas, &voice, i, start, y + 2.5 * line, width);
    else
      x = draw_answer (self, canvas, &voice, i, x, y + 1.5 * line, width);
  }
}

static void
draw_tile (const Page *self, EklCanvas *canvas, guint i)
{
  EklBox tile = tile_box (self, i);
  double ratio = (double) self->page->height / self->page->width;
  double width = tile.width - 2 * self->pad, side = floor (self->side);
  double text = self->n_lines * canvas->line_height;
  double top = tile.y + MAX ((tile.height - side * ratio - text) / 2, 0);
  EklBox picture = { round (tile.x + self->pad), round (top), side, floor (side * ratio) };
  EklBox votes = { picture.x + side + 0.6 * canvas->font_size, picture.y,
                   width - side - 0.6 * canvas->font_size, picture.height };

  draw_picture (self, canvas, i, picture);
  votes.width = MIN (votes.width, 1.6 * side);
  if (self->page->vote && votes.width > 4) {
    if (self->data->n_classes <= MOST_COLUMNS)
      draw_vote_columns (self, canvas, i, votes);
    else
      draw_vote_share (self, canvas, i, votes);
  }
  draw_words (self, canvas, i, picture.x, picture.y + picture.height, width);
}

static void
fill_legend (EklLegend *legend, const EklCanvas *canvas, const EklPredictions *data)
{
  const EklPicturePage *page = data->pictures;
  const EklTheme *theme = canvas->theme;

  if (page->descent)
    ekl_legend_add (legend, EKL_KEY_SQUARE, theme->gd, "GD");
  if (page->mean_particle)
    ekl_legend_add (legend, EKL_KEY_DOT, theme->eki, "EKI");
  if (page->n_selected == 1)
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, theme->third, "particle %u", data->selected[0] + 1);
  else if (page->n_selected > 1)
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, theme->third, "particle %u, of %u selected",
                    data->selected[0] + 1, page->n_selected);
  if (page->vote)
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, theme->foreground,
                    canvas->width > WIDE * canvas->font_size ? "true class" : "true");
  if (page->vote && page->n_particles < page->n_all_particles)
    ekl_legend_add (legend, EKL_KEY_BAND, theme->eki,
                    canvas->width > WIDE * canvas->font_size ? "votes of %u of %u particles"
                                                             : "votes of %u of %u",
                    page->n_particles, page->n_all_particles);
  else if (page->vote)
    ekl_legend_add (legend, EKL_KEY_BAND, theme->eki,
                    canvas->width > WIDE * canvas->font_size ? "votes of %u particles" : "%u votes",
                    page->n_particles);
}

/* The names' heights are measured without drawing, so that the number of pictures can be told. */
static void
draw_header (EklCanvas *canvas,
             const EklFigureOptions *options,
             const EklPredictions *data,
             EklBox *area)
{
  const EklPicturePage *page = data->pictures;
  const char *part = page->validation ? "validation" : "training";
  g_auto (EklLegend) legend = { 0 };
  gboolean roomy = canvas->width > WIDE * canvas->font_size;
  g_autofree char *all = ekl_format_short (page->n_all);
  g_autofree char *text = g_strdup_printf ("%s%sfrom number %u of %s", roomy ? part : "",
                                           roomy ? " pictures, " : "", page->first + 1, all);

  fill_legend (&legend, canvas, data);
  *area =
    ekl_figure_area (canvas, ekl_header_draw (canvas, ekl_figure_title (options), text, &legend));
}

/**
 * ekl_picture_figure_draw:
 * @canvas: where to draw
 * @options: its options
 * @data: predictions of kind PICTURES
 * @layout: (out): where the tiles are, and how many
 *
 * Draws pictures with their true class in bold, the answers of both methods, right ones with a check
 * mark and wrong ones with a cross, and beside the picture how the particles vote: a bar a class, a
 * triangle below the true one. What the first of the selected particles answers stands below, and
 * a triangle on the bars of what selected ones say.
 */
void
ekl_picture_figure_draw (EklCanvas *canvas,
                         const EklFigureOptions *options,
                         const EklPredictions *data,
                         EklFigureLayout *layout)
{
  EklBox area;
  Page self;

  draw_header (canvas, options, data, &area);
  lay_out (&self, canvas, data, area);
  for (guint i = 0; i < self.n; i++)
    draw_tile (&self, canvas, i);
  *layout = (EklFigureLayout){ .left = area.x,
                               .top = area.y,
                               .width = area.width,
                               .height = area.height,
                               .x1 = self.n_columns,
                               .y1 = self.n_rows,
                               .n_pictures = self.n };
}

static void
add_answer (EklLegend *lines,
            EklKey key,
            EklColor color,
            const char *name,
            const Page *self,
            const guint *answer,
            guint i)
{
  if (answer)
    ekl_legend_add (lines, key, color, "%s: %s%s", name,
                    ekl_predictions_class (self->data, answer[i]),
                    answer[i] == self->page->truth[i] ? "" : " (wrong)");
}

/* The classes that most particles say, in falling order. */
static void
add_votes (EklLegend *lines, const EklCanvas *canvas, const Page *self, guint i)
{
  const guint n = self->data->n_classes;
  const guint *vote = self->page->vote ? self->page->vote + (gsize) i * n : NULL;
  guint below = G_MAXUINT, last = G_MAXUINT;

  for (guint k = 0; vote && k < TOLD_VOTES; k++) {
    guint best = n;

    /* the next one: fewer votes than the last, or as many and a later class */
    for (guint c = 0; c < n; c++)
      if (vote[c] > 0 && (vote[c] < below || (vote[c] == below && c > last)) &&
          (best == n || vote[c] > vote[best]))
        best = c;
    if (best == n)
      return;
    ekl_legend_add (lines, EKL_KEY_BAND, canvas->theme->eki, "%u of %u say %s", vote[best],
                    self->page->n_particles, ekl_predictions_class (self->data, best));
    below = vote[best];
    last = best;
  }
}

/**
 * ekl_picture_figure_hover:
 * @canvas: where to draw
 * @data: predictions of kind PICTURES
 * @layout: what was drawn where
 * @x: the pointer, px
 * @y: the pointer, px
 *
 * Draws the read-out of the picture at the pointer.
 */
void
ekl_picture_figure_hover (
  EklCanvas *canvas, const EklPredictions *data, const EklFigureLayout *layout, double x, double y)
{
  const EklBox area = { layout->left, layout->top, layout->width, layout->height };
  Page self = { .data = data, .page = data->pictures, .area = area };
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  guint column, row, i;

  if (!(layout->x1 >= 1) || !(layout->y1 >= 1))
    return;

  column = (guint) CLAMP ((x - area.x) / area.width * layout->x1, 0, layout->x1 - 1);
  row = (guint) CLAMP ((y - area.y) / area.height * layout->y1, 0, layout->y1 - 1);
  i = row * (guint) layout->x1 + column;
  if (i >= MIN (layout->n_pictures, self.page->n))
    return;

  head = g_strdup_printf ("picture %u: %s", self.page->first + i + 1,
                          ekl_predictions_class (data, self.page->truth[i]));
  add_answer (&lines, EKL_KEY_SQUARE, canvas->theme->gd, "GD", &self, self.page->descent, i);
  add_answer (&lines, EKL_KEY_DOT, canvas->theme->eki, "EKI", &self, self.page->mean_particle, i);
  for (guint k = 0; k < MIN (self.page->n_selected, TOLD_VOTES); k++) {
    g_autofree char *name = g_strdup_printf ("particle %u", data->selected[k] + 1);

    add_answer (&lines, EKL_KEY_TRIANGLE, canvas->theme->third, name, &self,
                self.page->selected + (gsize) k * self.page->n, i);
  }
  add_votes (&lines, canvas, &self, i);
  ekl_readout_draw (canvas, head, &lines, area, x, y);
}
