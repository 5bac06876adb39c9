/* csv_format.h - how a text file holds a table: encoding, delimiter, marks in numbers, header
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a character is asked for: 0 leaves it to the reader, EKL_CSV_NONE is that there is none. */
#define EKL_CSV_AUTOMATIC 0
#define EKL_CSV_NONE      (-1)

typedef enum {
  EKL_CSV_ENCODING_AUTOMATIC,
  EKL_CSV_ENCODING_UTF_8,
  EKL_CSV_ENCODING_UTF_16LE,
  EKL_CSV_ENCODING_UTF_16BE,
  EKL_CSV_ENCODING_WINDOWS_1252, /* and with it Latin-1, whose printable characters it has */
} EklCsvEncoding;

typedef enum {
  EKL_CSV_HEADER_AUTOMATIC,
  EKL_CSV_HEADER_NO,
  EKL_CSV_HEADER_YES,
} EklCsvHeader;

typedef enum {
  EKL_CSV_FIELD_ENCODING,
  EKL_CSV_FIELD_DELIMITER,
  EKL_CSV_FIELD_DECIMAL,
  EKL_CSV_FIELD_THOUSANDS,
  EKL_CSV_FIELD_QUOTE,
  EKL_CSV_FIELD_COMMENT,
  EKL_CSV_FIELD_HEADER,
  EKL_CSV_N_FIELDS,
} EklCsvField;

/* Plain, and all zero is all automatic: { .delimiter = ';' } asks for nothing else. */
typedef struct {
  EklCsvEncoding encoding;
  int delimiter; /* any ASCII character but a digit, letter, quotation mark; ' ' is a run of spaces and tabs;
                  * EKL_CSV_NONE: one column */
  int decimal;   /* '.' or ',' */
  int thousands; /* ',', '.', ' ' (the wider spaces of Unicode too), '\'' or EKL_CSV_NONE */
  int quote;     /* '"', '\'' or EKL_CSV_NONE */
  int comment;   /* first character of lines to leave out: '#', '%' or EKL_CSV_NONE */
  EklCsvHeader header;
} EklCsvFormat;

const char *ekl_csv_encoding_get_name (EklCsvEncoding      self);
char       *ekl_csv_character_to_text (int                 character);
gboolean    ekl_csv_format_is_valid   (const EklCsvFormat *self);
gboolean    ekl_csv_format_equal      (const EklCsvFormat *self,
                                       const EklCsvFormat *other);
gboolean    ekl_csv_format_is_set     (const EklCsvFormat *self,
                                       EklCsvField         field);

G_END_DECLS
