/* csv_format.c - how a text file holds a table: encoding, delimiter, marks in numbers, header
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_format.h"

#include <string.h>

/**
 * ekl_csv_encoding_get_name:
 * @self: an encoding
 *
 * Returns: its name as iconv and the command inspect have it; "automatic" for the one to be found
 */
const char *
ekl_csv_encoding_get_name (EklCsvEncoding self)
{
  switch (self) {
  case EKL_CSV_ENCODING_UTF_8:
    return "UTF-8";
  case EKL_CSV_ENCODING_UTF_16LE:
    return "UTF-16LE";
  case EKL_CSV_ENCODING_UTF_16BE:
    return "UTF-16BE";
  case EKL_CSV_ENCODING_WINDOWS_1252:
    return "WINDOWS-1252";
  case EKL_CSV_ENCODING_AUTOMATIC:
  default:
    return "automatic";
  }
}

/**
 * ekl_csv_character_to_text:
 * @character: a character of an #EklCsvFormat
 *
 * Returns: (transfer full): the character itself, or "tab", "space", "none", "automatic"
 */
char *
ekl_csv_character_to_text (int character)
{
  switch (character) {
  case EKL_CSV_AUTOMATIC:
    return g_strdup ("automatic");
  case EKL_CSV_NONE:
    return g_strdup ("none");
  case '\t':
    return g_strdup ("tab");
  case ' ':
    return g_strdup ("space");
  default:
    return g_strdup_printf ("%c", character);
  }
}

static gboolean
is_one_of (int character, const char *allowed)
{
  return character == EKL_CSV_AUTOMATIC || character == EKL_CSV_NONE ||
         (character > 0 && character < 128 && strchr (allowed, character) != NULL);
}

/**
 * ekl_csv_format_is_valid:
 * @self: a format, in parts automatic
 *
 * Returns: whether every character is one that can do its work, and no two parts share one
 */
gboolean
ekl_csv_format_is_valid (const EklCsvFormat *self)
{
  int delimiter = self->delimiter;

  if (delimiter > 0 && (delimiter > 126 || g_ascii_isalnum (delimiter) ||
                        (delimiter < ' ' && delimiter != '\t' && delimiter != 31) ||
                        strchr ("\"+-", delimiter) != NULL || delimiter == self->quote ||
                        delimiter == self->comment))
    return FALSE;
  if (self->thousands > 0 && self->thousands == self->decimal)
    return FALSE;
  return is_one_of (self->decimal, ".,") && self->decimal != EKL_CSV_NONE &&
         is_one_of (self->thousands, ",. '") && is_one_of (self->quote, "\"'") &&
         is_one_of (self->comment, "#%") && self->encoding <= EKL_CSV_ENCODING_WINDOWS_1252 &&
         self->header <= EKL_CSV_HEADER_YES;
}

/**
 * ekl_csv_format_equal:
 * @self: a format
 * @other: another
 *
 * Returns: whether all their parts are the same
 */
gboolean
ekl_csv_format_equal (const EklCsvFormat *self, const EklCsvFormat *other)
{
  return self->encoding == other->encoding && self->delimiter == other->delimiter &&
         self->decimal == other->decimal && self->thousands == other->thousands &&
         self->quote == other->quote && self->comment == other->comment &&
         self->header == other->header;
}

/**
 * ekl_csv_format_is_set:
 * @self: a format
 * @field: a part of it
 *
 * Returns: whether that part is given, rather than automatic
 */
gboolean
ekl_csv_format_is_set (const EklCsvFormat *self, EklCsvField field)
{
  switch (field) {
  case EKL_CSV_FIELD_ENCODING:
    return self->encoding != EKL_CSV_ENCODING_AUTOMATIC;
  case EKL_CSV_FIELD_DELIMITER:
    return self->delimiter != EKL_CSV_AUTOMATIC;
  case EKL_CSV_FIELD_DECIMAL:
    return self->decimal != EKL_CSV_AUTOMATIC;
  case EKL_CSV_FIELD_THOUSANDS:
    return self->thousands != EKL_CSV_AUTOMATIC;
  case EKL_CSV_FIELD_QUOTE:
    return self->quote != EKL_CSV_AUTOMATIC;
  case EKL_CSV_FIELD_COMMENT:
    return self->comment != EKL_CSV_AUTOMATIC;
  case EKL_CSV_FIELD_HEADER:
    return self->header != EKL_CSV_HEADER_AUTOMATIC;
  case EKL_CSV_N_FIELDS:
  default:
    return FALSE;
  }
}
