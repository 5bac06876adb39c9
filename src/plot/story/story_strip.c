/* story_strip.c - slow motion's strip: the parts of the step, the formula with the lit term, a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "story_private.h"
#include "text_cache.h"

#include <math.h>

#define INSET         0.9 /* font sizes: of all lines */
#define TOP           0.35
#define BOTTOM        0.5
#define FORMULA_SCALE 1.75
#define FORMULA_LINES 1.95 /* sizes of the formula */
#define LEAST_SCALE   0.8
#define LIT_STROKE    0.035 /* sizes of the formula: what makes a lit term bold */

static EklColor
get_color (const EklCanvas *canvas, EklPhase phase)
{
  return ekl_phase_is_descent (phase) ? canvas->theme->gd : canvas->theme->eki;
}

static void
draw_plate (EklCanvas *canvas, EklBox box, EklColor color, double alpha)
{
  const double r = MIN (box.height / 2, canvas->font_size * 0.45);

  cairo_new_path (canvas->cr);
  cairo_arc (canvas->cr, box.x + r, box.y + r, r, G_PI, 1.5 * G_PI);
  cairo_arc (canvas->cr, box.x + box.width - r, box.y + r, r, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (canvas->cr, box.x + box.width - r, box.y + box.height - r, r, 0, 0.5 * G_PI);
  cairo_arc (canvas->cr, box.x + r, box.y + box.height - r, r, 0.5 * G_PI, G_PI);
  cairo_close_path (canvas->cr);
  ekl_canvas_color (canvas, color, alpha);
  cairo_fill (canvas->cr);
}

static double
get_gap (const EklCanvas *canvas)
{
  return canvas->font_size * (canvas->width > 60 * canvas->font_size ? 1.7 : 1.2);
}

/* In a narrow strip the row begins later, so that the part that is told is always in it. */
static guint
find_first_phase (EklCanvas *canvas, const EklStory *story, guint index, double x)
{
  const EklTextStyle style = { .weight = EKL_TEXT_BOLD };
  const double room = canvas->width - canvas->font_size * INSET - x;
  double sum = -get_gap (canvas);

  for (guint k = index + 1; k-- > 0;) {
    double width;

    ekl_canvas_measure (canvas, ekl_phase_get_name (story->phase[k]), &style, &width, NULL);
    sum += width + get_gap (canvas);
    if (sum > room)
      return MIN (k + 1, index);
  }
  return 0;
}

/* The parts in a row, the one that is told on a plate. Returns the bottom. */
static double
draw_phases (EklCanvas *canvas, const EklStory *story, guint index, double x, double y)
{
  const double font = canvas->font_size;
  g_autofree char *head = g_strdup_printf ("Step %" G_GUINT64_FORMAT, story->step);
  EklTextStyle style = { .y_align = 0.5,
                         .weight = EKL_TEXT_BOLD,
                         .color = canvas->theme->foreground };
  double width, middle = y + canvas->line_height * 0.65;

  ekl_canvas_measure (canvas, head, &style, &width, NULL);
  ekl_canvas_text (canvas, head, x, middle, &style);
  x += width + font * 1.2;
  for (guint k = find_first_phase (canvas, story, index, x); k < story->n_phases; k++) {
    const gboolean now = k == index;
    const char *name = ekl_phase_get_name (story->phase[k]);

    style.weight = now ? EKL_TEXT_BOLD : EKL_TEXT_PLAIN;
    style.color = now         ? canvas->theme->background
                  : k < index ? get_color (canvas, story->phase[k])
                              : canvas->theme->dim;
    ekl_canvas_measure (canvas, name, &style, &width, NULL);
    if (x + width > canvas->width - font * 0.5 && !now)
      break;
    if (now)
      draw_plate (canvas, (EklBox){ x - font * 0.5, y, width + font, canvas->line_height * 1.3 },
                  get_color (canvas, story->phase[k]), 1);
    ekl_canvas_text (canvas, name, x, middle, &style);
    x += width + get_gap (canvas);
  }
  return y + canvas->line_height * 1.45;
}

static PangoLayout *
make_layout (EklCanvas *canvas, const char *markup, double size)
{
  PangoLayout *layout = pango_layout_new (ekl_text_cache_get_context ());
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, canvas->theme->font_family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_markup (layout, markup, -1);
  pango_font_description_free (font);
  return layout;
}

static double
measure_formula (EklCanvas *canvas, const EklTerm *terms, guint n, double size)
{
  double sum = 0;

  for (guint k = 0; k < n; k++) {
    g_autoptr (PangoLayout) layout = make_layout (canvas, terms[k].markup, size);
    int width;

    pango_layout_get_size (layout, &width, NULL);
    sum += (double) width / PANGO_SCALE;
  }
  return sum;
}

static double
measure_term (EklCanvas *canvas, const EklTerm *term, double size)
{
  return measure_formula (canvas, term, 1, size);
}

/* One plate under each run of lit terms. */
static void
draw_plates (
  EklCanvas *canvas, const EklTerm *terms, guint n, EklPhase phase, EklBox line, double size)
{
  double x = line.x, start = line.x;

  for (guint k = 0; k <= n; k++) {
    const gboolean lit = k < n && (terms[k].phases & (1u << phase)) != 0;

    if (!lit && x > start)
      draw_plate (canvas, (EklBox){ start, line.y, x - start, line.height },
                  get_color (canvas, phase), 0.16);
    if (k < n)
      x += measure_term (canvas, &terms[k], size);
    if (!lit)
      start = x;
  }
}

/* A lit term is bold by a stroke about its letters: they stay as wide, and nothing moves. */
static void
draw_term (EklCanvas *canvas, PangoLayout *layout, double x, double base, double stroke)
{
  cairo_move_to (canvas->cr, x, base - (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  if (!(stroke > 0)) {
    pango_cairo_show_layout (canvas->cr, layout);
    return;
  }
  pango_cairo_layout_path (canvas->cr, layout);
  cairo_set_line_width (canvas->cr, stroke);
  cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_fill_preserve (canvas->cr);
  cairo_stroke (canvas->cr);
}

/* All terms on the same base line. */
static void
draw_formula (EklCanvas *canvas, const EklStory *story, guint index, double x, double y)
{
  const EklPhase phase = story->phase[index];
  const EklColor color = get_color (canvas, phase);
  guint n;
  const EklTerm *terms = ekl_story_get_formula (story, phase, &n);
  double size = canvas->font_size * FORMULA_SCALE;
  const double room = canvas->width - 2 * x, base = y + size * 1.35;

  size = MAX (size * MIN (1, room / measure_formula (canvas, terms, n, size)),
              canvas->font_size * LEAST_SCALE);
  draw_plates (canvas, terms, n, phase, (EklBox){ x, base - size * 1.12, 0, size * 1.55 }, size);
  for (guint k = 0; k < n; k++) {
    const gboolean lit = (terms[k].phases & (1u << phase)) != 0;
    g_autoptr (PangoLayout) layout = make_layout (canvas, terms[k].markup, size);

    ekl_canvas_color (canvas, lit ? color : canvas->theme->foreground, lit ? 1 : 0.75);
    draw_term (canvas, layout, x, base, lit ? LIT_STROKE * size : 0);
    x += measure_term (canvas, &terms[k], size);
  }
}

/* A strip is low by nature, and its type is not to shrink for that. */
static void
init_canvas (EklCanvas *canvas, cairo_t *cr, const EklTheme *theme, double width, double height)
{
  ekl_canvas_init (canvas, cr, theme, width, MAX (height, 14 * theme->font_size));
  canvas->height = height;
}

static EklTextStyle
get_sentence_style (const EklCanvas *canvas)
{
  return (EklTextStyle){ .color = canvas->theme->foreground,
                         .max_width = canvas->width - 2 * INSET * canvas->font_size };
}

/* Of the longest of its sentences, so that the strip is as high from part to part. */
static double
measure_sentences (EklCanvas *canvas, const EklStory *story)
{
  const EklTextStyle style = get_sentence_style (canvas);
  double highest = canvas->line_height;

  for (guint k = 0; story && k < story->n_phases; k++) {
    g_autofree char *sentence = ekl_story_describe (story, k);
    double height;

    ekl_canvas_measure (canvas, sentence, &style, NULL, &height);
    highest = MAX (highest, height);
  }
  return highest;
}

/**
 * ekl_story_strip_height:
 * @theme: sizes
 * @width: of the strip, px
 * @story: (nullable): the step
 *
 * Returns: the height in px that shows all of every part of the step; without one, a line of words
 */
double
ekl_story_strip_height (const EklTheme *theme, double width, const EklStory *story)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  EklCanvas canvas;
  double height;

  init_canvas (&canvas, cr, theme, width, 0);
  height = (TOP + FORMULA_SCALE * FORMULA_LINES + BOTTOM) * canvas.font_size +
           1.45 * canvas.line_height + measure_sentences (&canvas, story);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return ceil (height);
}

/**
 * ekl_story_draw_strip:
 * @cr: where to draw; the strip fills (0, 0) to (@width, @height)
 * @width: px
 * @height: px
 * @theme: colours and sizes
 * @story: (nullable): the step; the ground alone without one
 * @index: which part, from 0
 */
void
ekl_story_draw_strip (cairo_t *cr,
                      double width,
                      double height,
                      const EklTheme *theme,
                      const EklStory *story,
                      guint index)
{
  EklCanvas canvas;
  EklTextStyle style;
  g_autofree char *sentence = NULL;
  double x, y;

  cairo_save (cr);
  cairo_new_path (cr);
  init_canvas (&canvas, cr, theme, width, height);
  ekl_canvas_color (&canvas, theme->background, 1);
  cairo_paint (cr);
  x = canvas.font_size * INSET;
  y = canvas.font_size * TOP;
  style = get_sentence_style (&canvas);
  if (story && story->n_phases > 0) {
    index = MIN (index, story->n_phases - 1);
    y = draw_phases (&canvas, story, index, x, y);
    draw_formula (&canvas, story, index, x, y);
    y += canvas.font_size * FORMULA_SCALE * FORMULA_LINES;
    sentence = ekl_story_describe (story, index);
    ekl_canvas_text (&canvas, sentence, x, y, &style);
  } else {
    style.color = theme->dim;
    ekl_canvas_text (&canvas, "Slow motion: Right shows the next part of a step, Space plays.", x,
                     y, &style);
  }
  cairo_restore (cr);
}
