/* csv_sample.c - the first records of a text, to look at more than once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_sample.h"

#include "cell.h"

#include <string.h>

/* A file up to that size is looked at as a whole. */
#define MAX_BYTES   (512 * 1024)
#define MAX_RECORDS 5000
#define MAX_CELLS   200000

static void
record_free (gpointer data)
{
  EklCsvRecord *self = data;

  for (guint c = 0; c < self->n_cells; c++)
    g_free (self->cells[c]);
  g_free (self->cells);
  g_free (self);
}

static EklCsvRecord *
record_new (const EklCsvSplitter *splitter)
{
  EklCsvRecord *self = g_new0 (EklCsvRecord, 1);

  self->start = splitter->record;
  self->line = splitter->record_line;
  self->n_cells = splitter->n_cells;
  self->cells = g_new0 (char *, splitter->n_cells + 1);
  for (guint c = 0; c < splitter->n_cells; c++)
    self->cells[c] = g_strndup (splitter->cells[c].text, splitter->cells[c].length);
  return self;
}

/**
 * ekl_csv_sample_new:
 * @dialect: what the characters mean
 * @start: the first record
 * @line: the line of the file on which that is
 *
 * Returns: (transfer full): an array of #EklCsvRecord
 */
GPtrArray *
ekl_csv_sample_new (const EklCsvDialect *dialect, const char *start, gsize line)
{
  GPtrArray *sample = g_ptr_array_new_with_free_func (record_free);
  const char *stop = dialect->end - start > MAX_BYTES ? start + MAX_BYTES : dialect->end;
  EklCsvSplitter splitter;
  gsize n_cells = 0;

  ekl_csv_splitter_init (&splitter, dialect, start, stop, line);
  while (sample->len < MAX_RECORDS && n_cells < MAX_CELLS && ekl_csv_splitter_next (&splitter)) {
    g_ptr_array_add (sample, record_new (&splitter));
    n_cells += splitter.n_cells;
  }
  ekl_csv_splitter_clear (&splitter);
  return sample;
}

/**
 * ekl_csv_sample_get:
 * @sample: a sample
 * @k: a record of it, counted from 0
 *
 * Returns: (transfer none): the record
 */
EklCsvRecord *
ekl_csv_sample_get (GPtrArray *sample, guint k)
{
  return g_ptr_array_index (sample, k);
}

static gboolean
is_date (const char *text, gsize length)
{
  guint n_separators = 0, n_digits = 0;

  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isdigit (text[i]))
      n_digits++;
    else if (strchr ("-/.:", text[i]) != NULL)
      n_separators++;
    else if (strchr (" TZ+", text[i]) == NULL)
      return FALSE;
  }
  return n_digits >= 3 && n_separators >= 1 && g_ascii_isdigit (text[0]);
}

/**
 * ekl_csv_look_at:
 * @text: (array length=length): a cell
 * @length: its bytes
 *
 * Returns: what it is, whichever marks numbers have
 */
EklCsvLook
ekl_csv_look_at (const char *text, gsize length)
{
  static const EklNumberMarks marks[] = {
    { '.', 0 },   { ',', 0 },   { '.', ',' },  { ',', '.' },
    { '.', ' ' }, { ',', ' ' }, { '.', '\'' }, { ',', '\'' },
  };
  double value;
  EklSigns sign;

  ekl_cell_trim (&text, &length);
  if (length == 0)
    return EKL_CSV_LOOK_EMPTY;
  for (guint k = 0; k < G_N_ELEMENTS (marks); k++)
    if (ekl_number_parse (text, length, marks[k], &value) ||
        ekl_quantity_parse (text, length, marks[k], &value, &sign))
      return EKL_CSV_LOOK_NUMBER;
  if (ekl_cell_is_missing (text, length))
    return EKL_CSV_LOOK_MISSING;
  return is_date (text, length) ? EKL_CSV_LOOK_DATE : EKL_CSV_LOOK_TEXT;
}
