/* history_csv.c - records as rows of a CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history_csv.h"

#include <math.h>
#include <string.h>

/**
 * ekl_csv_number:
 * @text: a row in the making
 * @value: a number
 *
 * Appends a comma and the number. 17 digits bring every double back to the bit. NaN says "not
 * computed" or "does not apply": an empty cell.
 */
void
ekl_csv_number (GString *text, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (!isnan (value))
    g_ascii_formatd (number, sizeof number, "%.17g", value);
  g_string_append_c (text, ',');
  g_string_append (text, number);
}

/**
 * ekl_csv_text:
 * @text: a row in the making
 * @value: (nullable): a text
 *
 * Appends the text, in quotes where it has a comma, a quote or a line break.
 */
void
ekl_csv_text (GString *text, const char *value)
{
  if (!value)
    return;
  if (!strpbrk (value, ",\"\r\n")) {
    g_string_append (text, value);
    return;
  }

  g_string_append_c (text, '"');
  for (; *value; value++) {
    if (*value == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *value);
  }
  g_string_append_c (text, '"');
}

/**
 * ekl_method_get_name:
 * @method: a method
 *
 * Returns: its name in options, tables and files
 */
const char *
ekl_method_get_name (EklMethod method)
{
  return method == EKL_METHOD_EKI ? "eki" : "gd";
}

/* @which: stands behind the method's name */
static void
append_head (GString *text, const EklRecord *record, EklMethod method, const char *which)
{
  const EklMethodRecord *m = &record->method[method];

  g_string_append_printf (text, "%" G_GUINT64_FORMAT, record->step);
  ekl_csv_number (text, record->epoch);
  g_string_append_printf (text, ",%s%s", ekl_method_get_name (method), which);
  ekl_csv_number (text, m->train_loss);
  ekl_csv_number (text, m->validation_loss);
  ekl_csv_number (text, m->metric);
  ekl_csv_number (text, m->step_size);
  ekl_csv_number (text, m->time);
  ekl_csv_number (text, m->model_runs);
  ekl_csv_number (text, m->seconds);
  ekl_csv_number (text, method == EKL_METHOD_EKI ? m->spread : (double) NAN);
}

/**
 * ekl_history_csv_row:
 * @text: rows in the making
 * @record: what is known after a step
 * @method: of which method
 *
 * Appends the cells of EKL_HISTORY_CSV_HEAD, without a line's end. Losses are in the units of
 * training, the metric is the RMSE in the user's units or the accuracy.
 */
void
ekl_history_csv_row (GString *text, const EklRecord *record, EklMethod method)
{
  append_head (text, record, method, "");
}

/* The ensemble, at steps where somebody looked at it. */
static void
append_look (GString *text, const EklRecord *record, EklMethod method)
{
  const EklEnsembleNumbers *look = &record->ensemble;
  const gboolean known = method == EKL_METHOD_EKI && look->is_known;

  ekl_csv_number (text, known ? look->effective_rank : (double) NAN);
  ekl_csv_number (text, known ? look->span_share : (double) NAN);
  ekl_csv_number (text, known ? look->cosine_gradient : (double) NAN);
  ekl_csv_number (text, known ? look->cosine_preconditioned : (double) NAN);
}

static void
append_more (GString *text, const EklRecord *record, EklMethod method)
{
  const EklMethodRecord *m = &record->method[method];
  const gboolean eki = method == EKL_METHOD_EKI && record->step > 0;

  ekl_csv_number (text, eki ? m->particle_best : (double) NAN);
  ekl_csv_number (text, eki ? m->particle_low : (double) NAN);
  ekl_csv_number (text, eki ? m->particle_median : (double) NAN);
  ekl_csv_number (text, eki ? m->particle_high : (double) NAN);
  ekl_csv_number (text, eki ? m->particle_mean : (double) NAN);
  ekl_csv_number (text, eki ? m->mean_output_loss : (double) NAN);
  ekl_csv_number (text, method == EKL_METHOD_EKI ? (double) m->repaired : (double) NAN);
  g_string_append (text, m->diverged ? ",1" : ",0");
  append_look (text, record, method);
}

static void
append_selection_head (GString *text, const EklSelection *selection)
{
  for (guint k = 0; selection && k < selection->n; k++)
    g_string_append_printf (text, ",particle_%u_loss", selection->particle[k] + 1);
}

/* The losses of selected particles, at the moments when they were known; @own: the row is of the run and
 * the method that they belong to. */
static void
append_selection (GString *text, const EklSelection *selection, guint64 step, gboolean own)
{
  guint at = 0;

  if (!selection)
    return;
  while (at < selection->n_moments && selection->step[at] != step)
    at++;
  for (guint k = 0; k < selection->n; k++) {
    const gboolean known = own && at < selection->n_moments;

    ekl_csv_number (text, known ? (double) selection->loss[(gsize) k * selection->n_moments + at]
                                : (double) NAN);
  }
}

/* Where records were thinned, steps that were looked at are held in a list of their own: both lists
 * as one, in the order of the steps. */
static const EklRecord *
take_next (const EklRecord **record, guint *n, const EklRecord **look, guint *n_looks)
{
  const EklRecord *next;

  while (*n > 0 && *n_looks > 0 && (*look)->step == (*record)->step) {
    (*look)++;
    (*n_looks)--;
  }
  if (*n_looks > 0 && (*n == 0 || (*look)->step < (*record)->step)) {
    next = (*look)++;
    (*n_looks)--;
    return next;
  }
  if (*n == 0)
    return NULL;
  next = (*record)++;
  (*n)--;
  return next;
}

/* What was changed after the step before and not later than this one. */
static void
append_events (GString *text, const EklEvent *events, guint n, guint *next, guint64 step)
{
  g_autoptr (GString) changed = g_string_new (NULL);

  for (; *next < n && events[*next].step <= step; (*next)++) {
    const EklEvent *event = &events[*next];

    g_string_append_printf (changed, "%s%s %s -> %s", changed->len > 0 ? "; " : "",
                            event->setting ? event->setting : "",
                            event->before ? event->before : "", event->after ? event->after : "");
  }
  g_string_append_c (text, ',');
  ekl_csv_text (text, changed->str);
}

static void
append_run (GString *text, const EklHistory *history, const EklSelection *selection)
{
  guint n, n_looks, n_events, next = 0;
  const EklRecord *records = ekl_history_get_records (history, &n);
  const EklRecord *looks = ekl_history_get_looks (history, &n_looks);
  const EklEvent *events = ekl_history_get_events (history, &n_events);
  const EklRecord *record;

  while ((record = take_next (&records, &n, &looks, &n_looks)) != NULL)
    for (EklMethod method = 0; method < EKL_N_METHODS; method++) {
      if (!record->method[method].present)
        continue;
      append_head (text, record, method, "");
      append_more (text, record, method);
      append_events (text, events, n_events, &next, record->step);
      append_selection (text, selection, record->step, method == EKL_METHOD_EKI);
      g_string_append_c (text, '\n');
    }
}

/* Its methods have names of their own, so that who looks for "eki" finds this run alone. What was other
 * in it stands in its first row, in the place of changes. */
static void
append_former (GString *text,
               const EklHistory *former,
               const char *name,
               const EklSelection *selection)
{
  g_autofree char *told = name ? g_strdup_printf ("before: %s", name) : NULL;
  guint n, n_looks;
  const EklRecord *records = ekl_history_get_records (former, &n);
  const EklRecord *looks = ekl_history_get_looks (former, &n_looks);
  const EklRecord *record;

  while ((record = take_next (&records, &n, &looks, &n_looks)) != NULL)
    for (EklMethod method = 0; method < EKL_N_METHODS; method++) {
      if (!record->method[method].present)
        continue;
      append_head (text, record, method, EKL_HISTORY_CSV_FORMER);
      append_more (text, record, method);
      g_string_append_c (text, ',');
      ekl_csv_text (text, told);
      g_clear_pointer (&told, g_free);
      append_selection (text, selection, record->step, FALSE);
      g_string_append_c (text, '\n');
    }
}

/**
 * ekl_history_to_csv:
 * @history: (nullable): records and events
 * @selection: (nullable): selected particles, a column each
 * @former: (nullable): the run before, or an outline of it
 * @former_name: (nullable): what was other in it
 *
 * All series of a run: a row a step and method. The particles' losses stand in the row of the step
 * that found them, and belong to the step before. Below them come the rows of the run before, whose
 * methods are called eki_before and gd_before.
 *
 * Returns: (transfer full): the file's text
 */
char *
ekl_history_to_csv (const EklHistory *history,
                    const EklSelection *selection,
                    const EklHistory *former,
                    const char *former_name)
{
  GString *text = g_string_new (EKL_HISTORY_CSV_HEAD EKL_HISTORY_CSV_MORE);

  append_selection_head (text, selection);
  g_string_append_c (text, '\n');
  if (history)
    append_run (text, history, selection);
  if (former)
    append_former (text, former, former_name, selection);

  return g_string_free (text, FALSE);
}
