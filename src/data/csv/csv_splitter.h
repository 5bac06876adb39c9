/* csv_splitter.h - text to records, and records to cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <csv.h>
#include <glib.h>

G_BEGIN_DECLS

/* What the characters of a text mean. */
typedef struct {
  char delimiter;           /* ' ': runs of spaces and tabs; 0: none, a line is a cell */
  char quote;               /* 0: none */
  char comment;             /* 0: none */
  const char *end;          /* of the whole text, where a zero is */
  const char *quotes_end;   /* after it a quotation mark is a character like any other */
  gsize max_quoted;         /* a mark that is not closed within so many bytes is a character, too */
  guint8 classes[256];
} EklCsvDialect;

/* Where so many marks are never closed, they are no quotation marks from there on. It also bounds the work of
 * looking for their ends. */
#define EKL_CSV_MAX_STRAY_QUOTES 100

typedef struct {
  const char *text;         /* no zero at its end; spaces about it are gone unless they were quoted */
  gsize length;
} EklCsvCell;

typedef struct {
  const EklCsvDialect *dialect;
  const char *at;           /* the next record */
  const char *stop;         /* no record begins here or later */
  gsize line;               /* of the file, on which `at` is */

  const char *record;       /* the present record: where it begins */
  gsize record_line;
  gboolean has_stray_quote; /* a quotation mark that is never closed */
  guint n_stray;            /* records with one so far */
  EklCsvCell *cells;        /* (n_cells), good until the next record */
  guint n_cells;
  guint capacity;

  struct csv_parser parser;
  GByteArray *scratch;      /* the cells of a record with quotation marks, one after the other */
  GByteArray *joined;
} EklCsvSplitter;

void        ekl_csv_dialect_init   (EklCsvDialect       *self,
                                    const char          *end,
                                    char                 delimiter,
                                    char                 quote,
                                    char                 comment);
const char *ekl_csv_dialect_find_record_end (const EklCsvDialect *self,
                                    const char          *record,
                                    gboolean            *has_stray_quote);
const char *ekl_csv_find_line_end  (const char          *at);
const char *ekl_csv_skip_line_end  (const char          *at);

void        ekl_csv_splitter_init  (EklCsvSplitter      *self,
                                    const EklCsvDialect *dialect,
                                    const char          *start,
                                    const char          *stop,
                                    gsize                line);
gboolean    ekl_csv_splitter_next  (EklCsvSplitter      *self);
gboolean    ekl_csv_splitter_next_slowly (EklCsvSplitter *self);
void        ekl_csv_splitter_clear (EklCsvSplitter      *self);

G_END_DECLS
