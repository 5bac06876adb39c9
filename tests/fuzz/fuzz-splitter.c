/* fuzz-splitter.c - any text to records and cells: fast as slowly, in pieces as in one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "csv_chunks.h"
#include "csv_splitter.h"

#include <string.h>

static void
check_same (const EklCsvSplitter *a, const EklCsvSplitter *b)
{
  g_assert_true (a->record == b->record);
  g_assert_cmpuint (a->record_line, ==, b->record_line);
  g_assert_cmpuint (a->n_cells, ==, b->n_cells);
  for (guint c = 0; c < a->n_cells; c++)
    g_assert_cmpmem (a->cells[c].text, a->cells[c].length, b->cells[c].text, b->cells[c].length);
}

/* The quick way and libcsv agree on each record. */
static void
check_slowly (const EklCsvDialect *dialect, const char *text)
{
  EklCsvSplitter fast, slow;

  ekl_csv_splitter_init (&fast, dialect, text, dialect->end, 1);
  ekl_csv_splitter_init (&slow, dialect, text, dialect->end, 1);
  while (ekl_csv_splitter_next (&fast)) {
    g_assert_true (ekl_csv_splitter_next_slowly (&slow));
    check_same (&fast, &slow);
  }
  g_assert_false (ekl_csv_splitter_next_slowly (&slow));
  ekl_csv_splitter_clear (&fast);
  ekl_csv_splitter_clear (&slow);
}

/* Piece after piece gives the records of the whole, on the same lines, and no more than were counted. */
static void
check_pieces (EklCsvDialect *dialect, const char *text)
{
  const EklCsvWatch watch = { NULL, NULL, NULL, g_thread_self (), 0, 1 };
  g_autoptr (GArray) chunks = ekl_csv_chunks_new (dialect, text, 1, &watch);
  EklCsvSplitter whole, part;

  ekl_csv_splitter_init (&whole, dialect, text, dialect->end, 1);
  for (guint k = 0; k < chunks->len; k++) {
    const EklCsvChunk *chunk = &g_array_index (chunks, EklCsvChunk, k);
    gsize n_rows = 0;

    ekl_csv_splitter_init (&part, dialect, chunk->start, chunk->stop, chunk->line);
    while (ekl_csv_splitter_next (&part)) {
      g_assert_true (ekl_csv_splitter_next (&whole));
      check_same (&part, &whole);
      n_rows++;
    }
    g_assert_cmpuint (n_rows, <=, chunk->max_rows);
    ekl_csv_splitter_clear (&part);
  }
  g_assert_false (ekl_csv_splitter_next (&whole));
  ekl_csv_splitter_clear (&whole);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  static const char delimiters[] = { ',', ';', '\t', ' ', '|', '\0' };
  static const char quotes[] = { '"', '\'', '\0' };
  static const char comments[] = { '\0', '#', '%' };
  FuzzInput input = { bytes, n };
  const guint8 choices = fuzz_take_last_byte (&input);
  g_autofree char *text = fuzz_take_text (&input);
  EklCsvDialect dialect;

  if (!g_utf8_validate (text, -1, NULL))
    return -1;
  ekl_csv_dialect_init (&dialect, text + strlen (text), delimiters[choices % sizeof delimiters],
                        quotes[choices / 6 % sizeof quotes],
                        comments[choices / 18 % sizeof comments]);
  check_slowly (&dialect, text);
  check_pieces (&dialect, text);
  return 0;
}
