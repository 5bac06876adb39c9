/* csv_chunks.c - a text in pieces that can be read each by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A piece begins where a record does. Without quotation marks that is after any line end. With them
 * the text is gone through once in order, but only lines that hold a mark are looked into: which
 * mark opens and which closes depends on all that stand before. The borders depend on the text alone,
 * so that everything that is counted by pieces is the same on any number of threads.
 */
#include "csv_chunks.h"

#include <string.h>

typedef struct {
  EklCsvDialect *dialect;
  const char *next_quote; /* at or after the present place; the text's end where there is none */
  guint n_stray;
} Borders;

static void
find_quote (Borders *self, const char *at)
{
  const EklCsvDialect *dialect = self->dialect;

  if (self->next_quote >= at &&
      (self->next_quote < dialect->quotes_end || self->next_quote == dialect->end))
    return;
  self->next_quote = at < dialect->quotes_end && dialect->quote != '\0'
                       ? memchr (at, dialect->quote, (gsize) (dialect->quotes_end - at))
                       : NULL;
  if (self->next_quote == NULL)
    self->next_quote = dialect->end;
}

static const char *
find_line_start (const char *at, const char *bound)
{
  while (at > bound && at[-1] != '\n' && at[-1] != '\r')
    at--;
  return at;
}

/* Past the record that holds the next quotation mark. A comment's marks mean nothing. */
static const char *
pass_quote (Borders *self, const char *bound)
{
  EklCsvDialect *dialect = self->dialect;
  const char *record = find_line_start (self->next_quote, bound), *first = record, *end;
  gboolean stray = FALSE;

  while (*first == ' ' || *first == '\t')
    first++;
  end = dialect->comment != '\0' && *first == dialect->comment
          ? ekl_csv_find_line_end (first)
          : ekl_csv_dialect_find_record_end (dialect, record, &stray);
  end = ekl_csv_skip_line_end (end);
  self->n_stray += stray;
  if (self->n_stray == EKL_CSV_MAX_STRAY_QUOTES)
    dialect->quotes_end = end;
  return end;
}

static const char *
find_border (Borders *self, const char *start)
{
  const char *end = self->dialect->end, *at = start;
  const char *goal = end - start > EKL_CSV_BLOCK_SIZE ? start + EKL_CSV_BLOCK_SIZE : end;

  while (at < goal) {
    find_quote (self, at);
    if (self->next_quote >= goal) {
      const char *border = ekl_csv_skip_line_end (ekl_csv_find_line_end (goal - 1));
      if (self->next_quote >= border)
        return border;
    }
    at = pass_quote (self, at);
  }
  return at;
}

typedef struct {
  gsize n_lines, max_rows;
} Count;

/* Line ends, and those of lines that are not empty. */
static Count
count_lines (const char *start, const char *stop)
{
  Count count = { 0, 1 };

  if (memchr (start, '\r', (gsize) (stop - start)) == NULL) {
    gsize n = 0, n_empty = 0;
    for (const char *at = start; at < stop; at++) {
      n += *at == '\n';
      n_empty += *at == '\n' && at[1] == '\n';
    }
    count.n_lines = n;
    count.max_rows += n - n_empty;
    return count;
  }
  for (const char *at = start; at < stop; at++) {
    gboolean is_end = *at == '\n' || (*at == '\r' && at[1] != '\n');
    count.n_lines += is_end;
    count.max_rows += is_end && at[1] != '\n' && at[1] != '\r';
  }
  return count;
}

/**
 * ekl_csv_chunks_new:
 * @dialect: what the characters mean; where quotation marks turn out to be none, it learns it
 * @start: the first record
 * @line: the line of the file on which that is
 * @watch: who waits
 *
 * Returns: (transfer full) (nullable): an array of #EklCsvChunk, in order; %NULL where it was called
 *   off
 */
GArray *
ekl_csv_chunks_new (EklCsvDialect *dialect, const char *start, gsize line, const EklCsvWatch *watch)
{
  g_autoptr (GArray) chunks = g_array_new (FALSE, TRUE, sizeof (EklCsvChunk));
  g_autofree Count *counts = NULL;
  Borders borders = { .dialect = dialect };
  EklCsvChunk *list;

  for (const char *at = start; at < dialect->end;) {
    EklCsvChunk chunk = { .start = at };

    if (!ekl_csv_watch_report (watch, 0))
      return NULL;
    at = chunk.stop = find_border (&borders, at);
    g_array_append_val (chunks, chunk);
  }
  list = (EklCsvChunk *) (gpointer) chunks->data;
  counts = g_new0 (Count, MAX (chunks->len, 1));
#pragma omp parallel for schedule(dynamic, 1)
  for (guint k = 0; k < chunks->len; k++)
    if (!g_cancellable_is_cancelled (watch->cancellable))
      counts[k] = count_lines (list[k].start, list[k].stop);
  for (guint k = 0; k < chunks->len; k++) {
    list[k].line = line;
    list[k].max_rows = counts[k].max_rows;
    line += counts[k].n_lines;
  }
  return g_steal_pointer (&chunks);
}
