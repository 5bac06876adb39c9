/* fuzz-dataset.c - any options of the data, with a table of any bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "csv_reader.h"
#include "dataset.h"

#include <math.h>

static void
check_batch (const EklBatch *batch)
{
  for (gsize i = 0; i < (gsize) batch->n_data * batch->n_inputs; i++)
    g_assert_true (isfinite (batch->x[i]));
  for (gsize i = 0; i < (gsize) batch->n_data * batch->n_outputs; i++)
    g_assert_true (isfinite (batch->y[i]));
}

static void
check_dataset (EklTable *table, EklDataset *dataset)
{
  const EklDatasetSummary *summary = ekl_dataset_get_summary (dataset);
  g_autofree char *sentence = ekl_dataset_summary_format (summary);
  const EklBatch *training = ekl_dataset_get_training (dataset);
  const EklBatch *validation = ekl_dataset_get_validation (dataset);

  g_assert_cmpuint (training->n_data, >, 0);
  g_assert_cmpuint (training->n_data + (validation != NULL ? validation->n_data : 0), ==,
                    ekl_dataset_get_n_rows (dataset));
  check_batch (training);
  if (validation != NULL)
    check_batch (validation);
  for (guint k = 0; k < ekl_dataset_get_n_outputs (dataset); k++)
    g_assert_nonnull (ekl_dataset_get_output_units (dataset)[k].name);
  fuzz_check_text (sentence);
  for (char **note = summary->notes; *note != NULL; note++)
    fuzz_check_text (*note);
  g_assert_cmpuint (summary->n_source_rows, ==, ekl_table_get_n_rows (table));
  g_assert_cmpuint (summary->n_training + summary->n_validation + summary->n_dropped_missing +
                      summary->n_dropped_bad + summary->n_left_out,
                    ==, summary->n_source_rows);
}

/* A file, then a line with types, one with what is ignored, one with the targets, and bytes of choices. */
int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  const guint8 choices = fuzz_take_last_byte (&input), share = fuzz_take_last_byte (&input);
  const guint8 sample = fuzz_take_last_byte (&input);
  g_autofree char *target = fuzz_take_last_line (&input);
  g_autofree char *ignore = fuzz_take_last_line (&input);
  g_autofree char *types = fuzz_take_last_line (&input);
  const EklDataOptions options = {
    .target = target,
    .ignore = ignore,
    .types = types,
    .task = choices % 3,
    .standardize = choices / 3 % 3,
    .missing = choices / 9 % 3,
    .split_seed = choices,
    .sample = sample % 8,
    .train_fraction = (share + 1) / 256.0,
  };
  g_autoptr (GBytes) rest = g_bytes_new_static (input.at, input.n);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table = ekl_csv_read_bytes (rest, "f.csv", NULL, NULL, NULL, NULL, NULL);
  g_autoptr (EklDataset) dataset = NULL;

  /* the settings refuse what is not UTF-8 */
  if (table == NULL || !g_utf8_validate (target, -1, NULL) || !g_utf8_validate (ignore, -1, NULL) ||
      !g_utf8_validate (types, -1, NULL))
    return -1;
  dataset = ekl_dataset_new (table, &options, &error);
  if (dataset == NULL)
    fuzz_check_refusal (error, EKL_DATA_ERROR);
  else
    check_dataset (table, dataset);
  return 0;
}
