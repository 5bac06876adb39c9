/* summary.c - the table at the end: what both methods reached, and at what cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "summary.h"

#include "history_file.h"
#include "remarks.h"

#include <math.h>
#include <signal.h>

enum { METHOD, STEPS, TRAIN_LOSS, VALIDATION_LOSS, METRIC, MODEL_RUNS, SECONDS, N_COLUMNS };

/* Four significant digits; a dash where there is no such number. */
static char *
format_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return g_strdup ("-");

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.4g", value));
}

static char *
format_count (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.10g", round (10 * value) / 10));
}

static char *
format_seconds (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.3f", value));
}

/* What the metric is: accuracy, or RMSE in the units of the target, which its column's name stands
 * for. */
static char *
name_metric (EklDataset *dataset)
{
  const EklUnit *units = ekl_dataset_get_output_units (dataset);
  guint n = ekl_dataset_get_n_outputs (dataset);

  if (ekl_dataset_get_task (dataset) == EKL_TASK_CLASSIFICATION)
    return g_strdup ("accuracy");
  if (n == 1)
    return g_strdup_printf ("RMSE (%s)", units[0].name);

  return g_strdup_printf ("RMSE (%u targets)", n);
}

static void
fill_head (char **cells, EklDataset *dataset)
{
  cells[METHOD] = g_strdup ("method");
  cells[STEPS] = g_strdup ("steps");
  cells[TRAIN_LOSS] = g_strdup ("train loss");
  cells[VALIDATION_LOSS] = g_strdup ("validation loss");
  cells[METRIC] = name_metric (dataset);
  cells[MODEL_RUNS] = g_strdup ("model runs");
  cells[SECONDS] = g_strdup ("seconds");
}

static void
fill_row (char **cells, const EklRecord *record, const EklOutcome *outcome, EklMethod method)
{
  const EklMethodRecord *m = &record->method[method];

  cells[METHOD] = g_strdup (ekl_method_get_name (method));
  cells[STEPS] = g_strdup_printf ("%" G_GUINT64_FORMAT, outcome->method[method].steps);
  cells[TRAIN_LOSS] = format_number (m->train_loss);
  cells[VALIDATION_LOSS] = format_number (m->validation_loss);
  cells[METRIC] = format_number (m->metric);
  cells[MODEL_RUNS] = format_count (m->model_runs);
  cells[SECONDS] = format_seconds (m->seconds);
}

/* Columns as wide as their widest cell; the first one to the left, numbers to the right. */
static void
append_table (GString *text, char *cells[][N_COLUMNS], guint n_rows)
{
  int width[N_COLUMNS] = { 0 };

  for (guint row = 0; row < n_rows; row++)
    for (guint k = 0; k < N_COLUMNS; k++)
      width[k] = MAX (width[k], (int) g_utf8_strlen (cells[row][k], -1));

  for (guint row = 0; row < n_rows; row++) {
    for (guint k = 0; k < N_COLUMNS; k++) {
      int space = width[k] - (int) g_utf8_strlen (cells[row][k], -1);

      if (k == METHOD)
        g_string_append_printf (text, "%s%*s", cells[row][k], space, "");
      else
        g_string_append_printf (text, "  %*s%s", space, "", cells[row][k]);
    }
    g_string_append_c (text, '\n');
  }
}

static void
append_notes (GString *text,
              const EklRecord *record,
              const EklOutcome *outcome,
              EklDataset *dataset)
{
  const EklMethodOutcome *eki = &outcome->method[EKL_METHOD_EKI],
                         *gd = &outcome->method[EKL_METHOD_GD];
  guint64 repaired = record->method[EKL_METHOD_EKI].repaired;

  if (gd->diverged_at)
    g_string_append_printf (
      text,
      "Gradient descent diverged at step %" G_GUINT64_FORMAT
      " and stands at its last finite point; try a smaller --learning-rate.\n",
      gd->diverged_at);
  if (eki->diverged_at)
    g_string_append_printf (
      text,
      "EKI stalled at step %" G_GUINT64_FORMAT
      ": fewer than two particles have finite outputs; try a smaller --step-size or a "
      "larger --noise-std.\n",
      eki->diverged_at);
  if (eki->finished_at)
    g_string_append_printf (text, "EKI reached its stop time at step %" G_GUINT64_FORMAT ".\n",
                            eki->finished_at);
  if (repaired > 0)
    g_string_append_printf (text,
                            "%" G_GUINT64_FORMAT
                            " particle%s without finite outputs %s redrawn from the "
                            "others.\n",
                            repaired, repaired == 1 ? "" : "s", repaired == 1 ? "was" : "were");
  if (outcome->stopped_by)
    g_string_append_printf (text, "Stopped by %s after step %" G_GUINT64_FORMAT ".\n",
                            outcome->stopped_by == SIGINT ? "Ctrl+C" : "a signal", record->step);
  if (ekl_dataset_get_validation (dataset) == NULL)
    g_string_append_printf (
      text, "There are no validation rows: the %s is that of the training rows.\n",
      ekl_dataset_get_task (dataset) == EKL_TASK_CLASSIFICATION ? "accuracy" : "RMSE");
}

/**
 * ekl_summary_format:
 * @record: the last record of a run
 * @outcome: what became of its methods
 * @dataset: what it learned from
 *
 * A line of names, a row a method that was on, notes in plain words. Rows begin with the method's
 * name and have seven cells without blanks in them, for scripts; `-` stands where there is no
 * number. Losses are in the units of training, seconds are those spent in that method's steps.
 *
 * Returns: (transfer full): lines of text
 */
char *
ekl_summary_format (const EklRecord *record, const EklOutcome *outcome, EklDataset *dataset)
{
  char *cells[1 + EKL_N_METHODS][N_COLUMNS] = { { NULL } };
  guint n_rows = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  fill_head (cells[n_rows++], dataset);
  for (EklMethod method = 0; method < EKL_N_METHODS; method++)
    if (record->method[method].present)
      fill_row (cells[n_rows++], record, outcome, method);

  append_table (text, cells, n_rows);
  append_notes (text, record, outcome, dataset);

  for (guint row = 0; row < n_rows; row++)
    for (guint k = 0; k < N_COLUMNS; k++)
      g_free (cells[row][k]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * ekl_summary_format_data:
 * @dataset: what is learned from
 * @experiment: the settings
 *
 * What the data became on the way to the methods: one line in numbers, then a sentence a line on what
 * is not as one might expect, of the data and of the settings.
 *
 * Returns: (transfer full): lines of text
 */
char *
ekl_summary_format_data (EklDataset *dataset, EklExperiment *experiment)
{
  g_auto (GStrv) remarks = ekl_experiment_get_remarks (experiment);
  const EklDatasetSummary *summary = ekl_dataset_get_summary (dataset);
  g_autofree char *numbers = ekl_dataset_summary_format (summary);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "Data: %s.\n", numbers);
  for (guint k = 0; summary->notes[k] != NULL; k++)
    g_string_append_printf (text, "%s\n", summary->notes[k]);
  for (guint k = 0; remarks[k] != NULL; k++)
    g_string_append_printf (text, "%s\n", remarks[k]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
