/* loss_hover.c - the loss under the pointer, and in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "history_axis.h"
#include "loss_events.h"
#include "loss_former.h"
#include "marks.h"
#include "readout.h"

#include <math.h>

/* Not every step is evaluated on all rows: the nearest earlier one that was. */
static const EklMethodRecord *
evaluated_before (const EklRecord *records, guint index, EklMethod method, guint64 *step)
{
  for (guint back = 0; back <= index && back < 1024; back++) {
    const EklMethodRecord *record = &records[index - back].method[method];

    if (record->present && !isnan (record->train_loss)) {
      *step = records[index - back].step;
      return record;
    }
  }

  return NULL;
}

static void
add_method_lines (EklLegend *lines,
                  EklCanvas *canvas,
                  const EklRecord *records,
                  guint index,
                  EklMethod method,
                  const EklFigureOptions *options)
{
  guint64 step;
  const EklMethodRecord *record = evaluated_before (records, index, method, &step);
  /* beside other numbers of the particles it says which one it is */
  gboolean others = options->show_best || options->show_mean_output;
  const char *name = method != EKL_METHOD_EKI ? "GD" : others ? "EKI mean particle" : "EKI";
  const char *which = !options->losses_differ    ? ""
                      : method == EKL_METHOD_EKI ? " squared loss"
                                                 : " cross-entropy";
  EklKey key = method == EKL_METHOD_EKI ? EKL_KEY_LINE : EKL_KEY_DASHED;
  EklColor color = ekl_method_color (canvas, method);
  g_autofree char *loss = NULL;
  g_autofree char *validation = NULL;

  if (records[index].method[method].present && records[index].method[method].diverged) {
    ekl_legend_add (lines, key, color, "%s diverged", name);
    return;
  }
  if (!record)
    return;

  loss = ekl_format_number (record->train_loss);
  validation = ekl_format_number (record->validation_loss);
  if (step == records[index].step)
    ekl_legend_add (lines, key, color, "%s%s %s", name, which, loss);
  else
    ekl_legend_add (lines, key, color, "%s%s %s (step %" G_GUINT64_FORMAT ")", name, which, loss,
                    step);
  if (options->show_validation && isfinite (record->validation_loss))
    ekl_legend_add (lines, EKL_KEY_DOTTED, color, "%s validation %s", name, validation);
}

static void
add_particle_lines (EklLegend *lines,
                    EklCanvas *canvas,
                    const EklFigureOptions *options,
                    const EklRecord *records,
                    guint n,
                    guint index)
{
  const EklMethodRecord *eki;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (index + 1 >= n || records[index + 1].step != records[index].step + 1)
    return;

  eki = &records[index + 1].method[EKL_METHOD_EKI];
  if (!eki->present || !isfinite (eki->particle_low) || !isfinite (eki->particle_high))
    return;

  low = ekl_format_number (eki->particle_low);
  high = ekl_format_number (eki->particle_high);
  if (!options->hide_band)
    ekl_legend_add (lines, EKL_KEY_BAND, canvas->theme->eki, "P10–P90 %s … %s", low, high);
  if (options->show_mean_output && isfinite (eki->mean_output_loss)) {
    g_autofree char *loss = ekl_format_number (eki->mean_output_loss);

    ekl_legend_add (lines, EKL_KEY_DASHED, canvas->theme->third, "mean output %s", loss);
  }
  if (options->show_best && isfinite (eki->particle_best)) {
    g_autofree char *loss = ekl_format_number (eki->particle_best);

    ekl_legend_add (lines, EKL_KEY_LINE, canvas->theme->third, "best particle %s", loss);
  }
}

/* Particles that this step had to redraw, [19]. */
static void
add_repairs (EklLegend *lines, EklCanvas *canvas, const EklRecord *records, guint index)
{
  guint64 now = records[index].method[EKL_METHOD_EKI].repaired;
  guint64 before = index > 0 ? records[index - 1].method[EKL_METHOD_EKI].repaired : now;

  if (now > before)
    ekl_legend_add (lines, EKL_KEY_TRIANGLE, canvas->theme->eki,
                    "%" G_GUINT64_FORMAT " particles were not finite, and redrawn", now - before);
}

static void
mark_values (
  EklCanvas *canvas, EklChart *chart, const EklRecord *records, guint index, EklLossAxis axis)
{
  for (guint m = EKL_N_METHODS; m-- > 0;) {
    const EklMethodRecord *record = &records[index].method[m];
    double x = ekl_scale_map (&chart->x, ekl_record_x (&records[index], m, axis));

    if (!record->present || record->diverged || !isfinite (record->train_loss) ||
        x > chart->plot.x + chart->plot.width + 1)
      continue;
    ekl_mark_paint (canvas, m == EKL_METHOD_EKI ? EKL_MARK_DOT : EKL_MARK_SQUARE, EKL_MARK_HOLLOW,
                    ekl_method_color (canvas, m), x,
                    CLAMP (ekl_scale_map (&chart->y, record->train_loss), chart->plot.y,
                           chart->plot.y + chart->plot.height),
                    canvas->line_width * 1.8 + 1);
  }
}

/**
 * ekl_loss_figure_hover:
 * @canvas: where to draw
 * @options: its options
 * @data: the history
 * @layout: what was drawn where
 * @x: the pointer, px
 * @y: the pointer, px
 *
 * Draws the crosshair at the record nearest to the pointer and what both methods had reached there.
 */
void
ekl_loss_figure_hover (EklCanvas *canvas,
                       const EklFigureOptions *options,
                       const EklFigureData *data,
                       const EklFigureLayout *layout,
                       double x,
                       double y)
{
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *epoch = NULL;
  const EklRecord *records;
  EklChart chart;
  double position;
  guint n, index;
  gboolean pointed = x >= layout->left && x <= layout->left + layout->width && y >= layout->top &&
                     y <= layout->top + layout->height;

  if (!ekl_crosshair_record (options, data, layout, pointed ? x : NAN, &index))
    return;

  records = ekl_history_get_records (data->history, &n);
  ekl_chart_import (&chart, layout);
  position = ekl_scale_map (
    &chart.x, ekl_record_x (&records[index], ekl_records_method (records, n), options->x_axis));
  if (!(position >= chart.plot.x - 1 && position <= chart.plot.x + chart.plot.width + 1))
    return;

  ekl_draw_crosshair (canvas, chart.plot, position);
  mark_values (canvas, &chart, records, index, options->x_axis);
  if (!pointed)
    return;

  epoch = ekl_format_short (records[index].epoch);
  head = g_strdup_printf ("step %" G_GUINT64_FORMAT " · epoch %s", records[index].step, epoch);
  add_method_lines (&lines, canvas, records, index, EKL_METHOD_GD, options);
  add_method_lines (&lines, canvas, records, index, EKL_METHOD_EKI, options);
  add_particle_lines (&lines, canvas, options, records, n, index);
  add_repairs (&lines, canvas, records, index);
  ekl_loss_events_tell (data, options, &chart, position, canvas->theme->foreground, &lines);
  ekl_readout_draw (canvas, head, &lines, chart.plot, position, y);
}

static void
describe_method (GString *text, const EklRecord *records, guint n, EklMethod method)
{
  const char *name = method == EKL_METHOD_EKI ? "ensemble Kalman inversion" : "gradient descent";
  guint64 step = 0;
  const EklMethodRecord *record = evaluated_before (records, n - 1, method, &step);
  guint first = n - 1;

  if (!records[n - 1].method[method].present)
    g_string_append_printf (text, " %c%s is off.", g_ascii_toupper (name[0]), name + 1);
  else if (records[n - 1].method[method].diverged) {
    while (first > 0 && records[first - 1].method[method].diverged)
      first--;
    g_string_append_printf (text, " %c%s diverged at step %" G_GUINT64_FORMAT ".",
                            g_ascii_toupper (name[0]), name + 1, records[first].step);
  } else if (record) {
    const double start = records[0].method[method].train_loss;
    g_autofree char *loss = ekl_format_number (record->train_loss);
    g_autofree char *before = ekl_format_number (start);
    g_autofree char *validation = ekl_format_number (record->validation_loss);

    g_string_append_printf (text, " The training loss of %s is %s", name, loss);
    if (n > 1 && isfinite (start))
      g_string_append_printf (text, ", and was %s at the start", before);
    if (isfinite (record->validation_loss))
      g_string_append_printf (text, "; its validation loss is %s", validation);
    g_string_append_c (text, '.');
  }
}

/**
 * ekl_loss_figure_describe:
 * @options: its options
 * @data: the history
 *
 * Returns: (transfer full): the newest losses in words
 */
char *
ekl_loss_figure_describe (const EklFigureOptions *options, const EklFigureData *data)
{
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;
  GString *text;

  if (n == 0)
    return g_strdup ("The loss: no steps yet.");

  /* how the step ends that is being told is not given away */
  while (data->has_last_step && n > 1 && records[n - 1].step > data->last_step)
    n--;
  text = g_string_new (NULL);
  if (records[n - 1].step == 0)
    g_string_append (text, "The loss at the start.");
  else
    g_string_append_printf (text, "The loss after %" G_GUINT64_FORMAT " step%s.",
                            records[n - 1].step, records[n - 1].step == 1 ? "" : "s");
  describe_method (text, records, n, EKL_METHOD_EKI);
  describe_method (text, records, n, EKL_METHOD_GD);
  ekl_loss_former_describe (text, data);

  return g_string_free (text, FALSE);
}
