/* loss_events.c - marks where a setting changed and where particles were redrawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loss_events.h"

#include "history_axis.h"
#include "marks.h"

#include <math.h>

#define MOST_ROWS   3
#define NEAR        3.0 /* px: marks nearer to each other are one */
#define REACH       7.0 /* px, of the pointer */
#define MOST_TOLD   6
#define MOST_MARKED 400 /* marks; more would be a wall */

static void
event_clear_cb (gpointer data)
{
  g_free (((EklLossEvent *) data)->text);
}

/**
 * ekl_loss_event_text:
 * @event: a change of a setting
 *
 * Returns: (transfer full): "h 0.05 → 0.1"
 */
char *
ekl_loss_event_text (const EklEvent *event)
{
  g_autofree char *text = NULL;

  if (event->before && event->after)
    text = g_strdup_printf ("%s %s → %s", event->setting ? event->setting : "", event->before,
                            event->after);
  else
    text = g_strdup (event->setting ? event->setting : "");

  return g_utf8_make_valid (g_strstrip (text), -1);
}

/**
 * ekl_loss_events_init:
 * @self: (out): the marks
 * @data: the history; must outlive @self
 * @options: the axis
 */
void
ekl_loss_events_init (EklLossEvents *self,
                      const EklFigureData *data,
                      const EklFigureOptions *options)
{
  *self = (EklLossEvents){ .data = data, .options = options };
  self->event = g_array_new (FALSE, FALSE, sizeof (EklLossEvent));
  g_array_set_clear_func (self->event, event_clear_cb);
}

/**
 * ekl_loss_events_clear:
 * @self: marks
 */
void
ekl_loss_events_clear (EklLossEvents *self)
{
  g_clear_pointer (&self->event, g_array_unref);
}

static double
value_of (const EklFigureData *data, const EklFigureOptions *options, guint64 step)
{
  guint n;
  const EklRecord *records = ekl_history_get_records (data->history, &n);

  return n > 0 ? ekl_records_step_x (records, n, ekl_records_method (records, n), options->x_axis,
                                     (double) step)
               : (double) NAN;
}

static EklLossEvent *
event_at (const EklLossEvents *self, guint i)
{
  return &g_array_index (self->event, EklLossEvent, i);
}

/* Events come in step order: those of one place follow one another. */
static void
gather (EklLossEvents *self, const EklScale *x)
{
  guint n;
  const EklEvent *events = ekl_history_get_events (self->data->history, &n);

  for (guint i = 0; i < n && self->event->len < MOST_MARKED; i++) {
    EklLossEvent one = { .value = value_of (self->data, self->options, events[i].step),
                         .first = i,
                         .n = 1,
                         .row = -1 };
    EklLossEvent *last = self->event->len > 0 ? event_at (self, self->event->len - 1) : NULL;

    if (!(one.value >= x->v0 && one.value <= x->v1))
      continue;
    one.x = ekl_scale_map (x, one.value);
    if (last && one.x - last->x < NEAR)
      last->n = i - last->first + 1;
    else
      g_array_append_val (self->event, one);
  }
}

static void
name_all (EklLossEvents *self, EklCanvas *canvas)
{
  guint n;
  const EklEvent *events = ekl_history_get_events (self->data->history, &n);

  for (guint i = 0; i < self->event->len; i++) {
    EklLossEvent *one = event_at (self, i);
    g_autofree char *text = ekl_loss_event_text (&events[one->first + one->n - 1]);

    one->text = one->n > 1 ? g_strdup_printf ("%s +%u", text, one->n - 1) : g_steal_pointer (&text);
    ekl_canvas_measure (canvas, one->text, &(EklTextStyle){ 0 }, &one->width, NULL);
  }
}

/* From the newest to the oldest, each in the lowest row where it touches no newer one. */
static void
stack (EklLossEvents *self, EklCanvas *canvas, guint most_rows)
{
  double gap = canvas->font_size * 0.8;
  double free_to[MOST_ROWS];

  for (guint r = 0; r < MOST_ROWS; r++)
    free_to[r] = canvas->width - 2;
  for (guint i = self->event->len; i-- > 0;) {
    EklLossEvent *one = event_at (self, i);

    for (guint r = 0; r < most_rows && one->row < 0; r++) {
      double left = MIN (one->x - one->width / 2, free_to[r] - one->width);

      left = MAX (left, 2);
      if (left + one->width > free_to[r] + 0.5 || left + one->width < one->x - 2)
        continue;
      one->row = (int) r;
      one->text_x = left;
      free_to[r] = left - gap;
      self->n_rows = MAX (self->n_rows, r + 1);
    }
  }
}

/**
 * ekl_loss_events_place:
 * @self: marks
 * @canvas: where they will be drawn
 * @area: the room for them and the chart below
 * @axes: the chart's
 *
 * Stacks the texts in as many rows above the plot area as they need and there is room for. What
 * finds none keeps its mark, and the read-out tells it.
 *
 * Returns: how many rows
 */
guint
ekl_loss_events_place (EklLossEvents *self, EklCanvas *canvas, EklBox area, const EklAxes *axes)
{
  guint most_rows = area.height > 22 * canvas->font_size   ? 3
                    : area.height > 15 * canvas->font_size ? 2
                    : area.height > 10 * canvas->font_size ? 1
                                                           : 0;
  guint n;
  EklChart chart;

  ekl_history_get_events (self->data->history, &n);
  if (n == 0)
    return 0;
  ekl_chart_layout (&chart, canvas, area, axes);
  gather (self, &chart.x);
  name_all (self, canvas);
  stack (self, canvas, most_rows);
  self->top = area.y;

  return self->n_rows;
}

/* Where particles that were not finite had to be redrawn, [19]: a triangle at the foot. */
static void
draw_repairs (EklLossEvents *self, EklCanvas *canvas, EklChart *chart)
{
  guint n;
  const EklRecord *records = ekl_history_get_records (self->data->history, &n);
  double bottom = chart->plot.y + chart->plot.height, size = canvas->font_size * 0.3;
  double last_x = -INFINITY;

  for (guint i = 1; i < n; i++) {
    const EklMethodRecord *now = &records[i].method[EKL_METHOD_EKI];
    double value, x;

    if (now->repaired <= records[i - 1].method[EKL_METHOD_EKI].repaired)
      continue;
    value = ekl_record_x (&records[i], EKL_METHOD_EKI, self->options->x_axis);
    x = ekl_scale_map (&chart->x, value);
    if (!(value >= chart->x.v0 && value <= chart->x.v1) || x - last_x < NEAR)
      continue;
    ekl_mark_paint (canvas, EKL_MARK_TRIANGLE, EKL_MARK_FILLED, canvas->theme->eki, x,
                    bottom - size, size);
    last_x = x;
  }
}

static double
row_middle (const EklLossEvents *self, const EklCanvas *canvas, const EklLossEvent *one)
{
  return self->top + (self->n_rows - one->row - 0.5) * canvas->line_height;
}

/**
 * ekl_loss_events_draw:
 * @self: placed marks
 * @canvas: where to draw
 * @chart: the chart
 *
 * Draws a dashed line at each event with its text above, and triangles where particles were redrawn.
 */
void
ekl_loss_events_draw (EklLossEvents *self, EklCanvas *canvas, EklChart *chart)
{
  /* the texts come last: a line that has to pass through a lower row stays behind its text */
  EklTextStyle style = { .y_align = 0.5, .color = canvas->theme->foreground, .halo = TRUE };

  for (guint i = 0; i < self->event->len; i++) {
    const EklLossEvent *one = event_at (self, i);
    double x = ekl_scale_map (&chart->x, one->value), top = chart->plot.y - 2;

    if (one->row >= 0)
      top = MIN (top, row_middle (self, canvas, one) + canvas->line_height / 2);
    ekl_canvas_color (canvas, canvas->theme->dim, 0.75);
    cairo_set_dash (canvas->cr, (double[]){ 2, 2 }, 2, 0);
    ekl_canvas_hairline (canvas, x, top, x, chart->plot.y + chart->plot.height);
    cairo_set_dash (canvas->cr, NULL, 0, 0);
  }
  for (guint i = 0; i < self->event->len; i++) {
    const EklLossEvent *one = event_at (self, i);

    if (one->row >= 0)
      ekl_canvas_text (canvas, one->text, one->text_x, row_middle (self, canvas, one), &style);
  }
  draw_repairs (self, canvas, chart);
}

/**
 * ekl_loss_events_tell:
 * @data: the history
 * @options: the axis
 * @chart: the chart
 * @x: px
 * @color: of the sign
 * @lines: gets a line for each change near to @x, the oldest first; of many, how many more there are
 *
 * What happened at a place.
 */
void
ekl_loss_events_tell (const EklFigureData *data,
                      const EklFigureOptions *options,
                      const EklChart *chart,
                      double x,
                      EklColor color,
                      EklLegend *lines)
{
  guint n, told = 0, more = 0;
  const EklEvent *events = ekl_history_get_events (data->history, &n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *text = NULL;
    double at = ekl_scale_map (&chart->x, value_of (data, options, events[i].step));

    if (!(fabs (at - x) <= REACH))
      continue;
    if (told++ >= MOST_TOLD) {
      more++;
      continue;
    }
    text = ekl_loss_event_text (&events[i]);
    ekl_legend_add (lines, EKL_KEY_DOTTED, color, "%s", text);
  }
  if (more > 0)
    ekl_legend_add (lines, EKL_KEY_NONE, color, "and %u more changes", more);
}
