/* dataset_text.c - a dataset in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dataset.h"

#include "cell.h"

/* As many units as are listed: the pixels of a picture are not. */
#define LISTED_UNITS 200

static void
append_units (GString *text, const char *title, const EklUnit *units, guint n)
{
  if (n > LISTED_UNITS)
    return;
  g_string_append_printf (text, "%s:\n", title);
  for (guint i = 0; i < n; i++) {
    g_autofree char *shown = ekl_cell_shorten (units[i].name);
    char mean[G_ASCII_DTOSTR_BUF_SIZE], scale[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_dtostr (mean, sizeof mean, units[i].mean);
    g_ascii_dtostr (scale, sizeof scale, units[i].scale);
    g_string_append_printf (text, "  %s: mean %s, scale %s\n", shown, mean, scale);
  }
}

/**
 * ekl_dataset_describe:
 * @self: a dataset
 *
 * The line of its summary, a line a note, and what was subtracted from each input and each output of
 * regression and by what it was divided, both learned from the training rows, with all their digits.
 * So what a run learned can be used elsewhere.
 *
 * Returns: (transfer full): lines of text
 */
char *
ekl_dataset_describe (const EklDataset *self)
{
  const EklDatasetSummary *summary = ekl_dataset_get_summary (self);
  g_autofree char *line = ekl_dataset_summary_format (summary);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n", line);
  for (guint i = 0; summary->notes[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", summary->notes[i]);
  append_units (text, "inputs", ekl_dataset_get_input_units (self),
                ekl_dataset_get_n_inputs (self));
  if (ekl_dataset_get_task (self) == EKL_TASK_REGRESSION)
    append_units (text, "outputs", ekl_dataset_get_output_units (self),
                  ekl_dataset_get_n_outputs (self));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
