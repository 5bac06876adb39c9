/* data_settings.c - settings that say how data are read: their texts, and the format they make
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_settings.h"

#include "column_list.h"
#include "csv_format.h"
#include "ekl-experiment.h"

#include <string.h>

/* ---- lists of columns ---- */

static gboolean
check_list (const char *setting, const char *text, gboolean has_types, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (ekl_column_list_check (setting, text, has_types, &problem))
    return TRUE;
  g_set_error_literal (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE, problem->message);
  return FALSE;
}

gboolean
ekl_target_check (const char *text, GError **error)
{
  return check_list ("target", text, FALSE, error);
}

gboolean
ekl_ignore_check (const char *text, GError **error)
{
  return check_list ("ignore", text, FALSE, error);
}

gboolean
ekl_types_check (const char *text, GError **error)
{
  return check_list ("types", text, TRUE, error);
}

/* ---- characters of a text file ---- */

typedef struct {
  const char *name;
  const char *form;
  gsize offset; /* of the int in EklCsvFormat */
} Character;

enum { DELIMITER, DECIMAL, THOUSANDS, QUOTE, COMMENT, N_CHARACTERS };

static const Character characters[N_CHARACTERS] = {
  [DELIMITER] = { "delimiter", EKL_DELIMITER_FORM, G_STRUCT_OFFSET (EklCsvFormat, delimiter) },
  [DECIMAL] = { "decimal", EKL_DECIMAL_FORM, G_STRUCT_OFFSET (EklCsvFormat, decimal) },
  [THOUSANDS] = { "thousands", EKL_THOUSANDS_FORM, G_STRUCT_OFFSET (EklCsvFormat, thousands) },
  [QUOTE] = { "quote", EKL_QUOTE_FORM, G_STRUCT_OFFSET (EklCsvFormat, quote) },
  [COMMENT] = { "comment", EKL_COMMENT_FORM, G_STRUCT_OFFSET (EklCsvFormat, comment) },
};

/* As inspect prints them, and "auto". */
static gboolean
parse_character (const char *text, int *character)
{
  static const struct {
    const char *word;
    int character;
  } words[] = {
    { "auto", EKL_CSV_AUTOMATIC },
    { "automatic", EKL_CSV_AUTOMATIC },
    { "none", EKL_CSV_NONE },
    { "tab", '\t' },
    { "\\t", '\t' },
    { "space", ' ' },
  };

  for (guint k = 0; k < G_N_ELEMENTS (words); k++)
    if (g_ascii_strcasecmp (text, words[k].word) == 0) {
      *character = words[k].character;
      return TRUE;
    }
  *character = text[0];
  return strlen (text) == 1 && g_ascii_isprint (text[0]);
}

static gboolean
check_character (const Character *self, const char *text, GError **error)
{
  EklCsvFormat format = { 0 };
  g_autofree char *given = NULL;

  if (parse_character (text, G_STRUCT_MEMBER_P (&format, self->offset)) &&
      ekl_csv_format_is_valid (&format))
    return TRUE;
  given = g_utf8_make_valid (text, -1);
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE, "%s must be %s, not \"%s\"",
               self->name, self->form, given);
  return FALSE;
}

gboolean
ekl_delimiter_check (const char *text, GError **error)
{
  return check_character (&characters[DELIMITER], text, error);
}

gboolean
ekl_decimal_check (const char *text, GError **error)
{
  return check_character (&characters[DECIMAL], text, error);
}

gboolean
ekl_thousands_check (const char *text, GError **error)
{
  return check_character (&characters[THOUSANDS], text, error);
}

gboolean
ekl_quote_check (const char *text, GError **error)
{
  return check_character (&characters[QUOTE], text, error);
}

gboolean
ekl_comment_check (const char *text, GError **error)
{
  return check_character (&characters[COMMENT], text, error);
}

/**
 * ekl_experiment_get_csv_format:
 * @format: (out caller-allocates): automatic where nothing else is set
 *
 * How a text file is to be read.
 */
void
ekl_experiment_get_csv_format (EklExperiment *self, EklCsvFormat *format)
{
  *format = (EklCsvFormat){
    .encoding = ekl_experiment_get_enum (self, "encoding"),
    .header = ekl_experiment_get_enum (self, "header"),
  };
  for (guint k = 0; k < N_CHARACTERS; k++) {
    int *character = G_STRUCT_MEMBER_P (format, characters[k].offset);

    if (!parse_character (ekl_experiment_get_string (self, characters[k].name), character))
      *character = EKL_CSV_AUTOMATIC;
  }
}

/**
 * ekl_experiment_set_csv_format:
 * @format: a format; what is automatic in it goes back to its default
 *
 * The way back, for who lets a user choose.
 */
void
ekl_experiment_set_csv_format (EklExperiment *self, const EklCsvFormat *format)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint k = 0; k < N_CHARACTERS; k++) {
    const int character = G_STRUCT_MEMBER (int, format, characters[k].offset);
    g_autofree char *text = ekl_csv_character_to_text (character);

    if (character == EKL_CSV_AUTOMATIC)
      ekl_experiment_reset_setting (self, characters[k].name);
    else
      g_object_set (self, characters[k].name, text, NULL);
  }
  if (format->encoding == EKL_CSV_ENCODING_AUTOMATIC)
    ekl_experiment_reset_setting (self, "encoding");
  else
    g_object_set (self, "encoding", format->encoding, NULL);
  if (format->header == EKL_CSV_HEADER_AUTOMATIC)
    ekl_experiment_reset_setting (self, "header");
  else
    g_object_set (self, "header", format->header, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}
