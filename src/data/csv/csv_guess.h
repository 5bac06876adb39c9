/* csv_guess.h - how a text holds a table, found by looking at its first records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_encoding.h"
#include "csv_marks.h"
#include "csv_sample.h"
#include "number.h"

G_BEGIN_DECLS

typedef struct {
  EklCsvFormat format;     /* nothing automatic is left */
  guint guessed;           /* bit f: field f is a guess */
  char *doubts[EKL_CSV_N_FIELDS];

  EklCsvDialect dialect;
  const char *start;       /* the first record, header or not, after a line "sep=;" */
  gsize start_line;

  GPtrArray *sample;       /* from start */
  EklCsvMarksCount marks;

  guint n_titles;          /* records before the table */
  guint n_columns;
  char **names;            /* (n_columns), all different */
  gboolean *is_unnamed;    /* (n_columns) */
  gboolean *is_text;       /* (n_columns), as far as the sample tells */
  const char *data;        /* the first row of data */
  gsize data_line;
} EklCsvGuess;

gboolean ekl_csv_guess_init  (EklCsvGuess         *self,
                              const EklCsvText    *text,
                              const EklCsvFormat  *wanted,
                              const char          *name,
                              GError             **error);
void     ekl_csv_guess_clear (EklCsvGuess         *self);
void     ekl_csv_guess_doubt (EklCsvGuess         *self,
                              EklCsvField          field,
                              char                *sentence);
EklNumberMarks ekl_csv_format_get_marks (const EklCsvFormat *format);

/* The steps, in this order. */
void     ekl_csv_guess_characters (EklCsvGuess    *self);
void     ekl_csv_guess_delimiter  (EklCsvGuess    *self);
void     ekl_csv_guess_header     (EklCsvGuess    *self);

G_END_DECLS
