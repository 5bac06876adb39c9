/* inspect.c - the command inspect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands.h"

#include "csv_reader.h"
#include "examples.h"
#include "inspect_arrays.h"
#include "number.h"

#include <math.h>
#include <string.h>

/* In as many digits as it takes to read it back to the bit; an empty value where there is none. */
static void
set_number (GKeyFile *keys, const char *group, const char *key, double value)
{
  g_autofree char *text = isfinite (value) ? ekl_number_to_text (value) : g_strdup ("");

  g_key_file_set_string (keys, group, key, text);
}

static void
set_count (GKeyFile *keys, const char *group, const char *key, guint64 n)
{
  g_key_file_set_uint64 (keys, group, key, n);
}

static void
set_file (GKeyFile *keys, const EklTable *table)
{
  const EklCsvFormat *format = ekl_table_get_csv_format (table);
  g_autofree char *delimiter = ekl_csv_character_to_text (format->delimiter);
  g_autofree char *decimal = ekl_csv_character_to_text (format->decimal);
  g_autofree char *quote = ekl_csv_character_to_text (format->quote);

  g_key_file_set_value (keys, "file", "encoding", ekl_csv_encoding_get_name (format->encoding));
  g_key_file_set_value (keys, "file", "delimiter", delimiter);
  g_key_file_set_value (keys, "file", "decimal", decimal);
  g_key_file_set_value (keys, "file", "quote", quote);
  g_key_file_set_boolean (keys, "file", "header", format->header == EKL_CSV_HEADER_YES);
  set_count (keys, "file", "rows", ekl_table_get_n_rows (table));
  set_count (keys, "file", "columns", ekl_table_get_n_columns (table));
  set_count (keys, "file", "rows_with_missing", ekl_table_get_n_rows_with_missing (table));
  set_count (keys, "file", "rows_bad", ekl_table_get_n_rows_bad (table));
}

/* Where it is a guess that could be another, it says so, in comments that no reader stumbles over. */
static void
set_doubts (GKeyFile *keys, const EklTable *table)
{
  static const char *const names[EKL_CSV_N_FIELDS] = {
    [EKL_CSV_FIELD_ENCODING] = "encoding", [EKL_CSV_FIELD_DELIMITER] = "delimiter",
    [EKL_CSV_FIELD_DECIMAL] = "decimal",   [EKL_CSV_FIELD_THOUSANDS] = NULL,
    [EKL_CSV_FIELD_QUOTE] = "quote",       [EKL_CSV_FIELD_COMMENT] = NULL,
    [EKL_CSV_FIELD_HEADER] = "header",
  };

  for (EklCsvField field = 0; field < EKL_CSV_N_FIELDS; field++) {
    const char *doubt = ekl_table_get_csv_doubt (table, field);
    g_autofree char *comment = doubt != NULL ? g_strconcat (" not certain: ", doubt, NULL) : NULL;

    if (comment != NULL && names[field] != NULL)
      g_key_file_set_comment (keys, "file", names[field], comment, NULL);
  }
}

/* What is not as it is written, in comments, too; a line each. */
static char *
describe_remarks (const EklColumnSummary *summary)
{
  g_autofree char *signs = ekl_signs_to_text (summary->signs);
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);

  if (summary->is_row_number)
    g_ptr_array_add (remarks, g_strdup (" only numbers or names the rows: better ignored"));
  if (summary->is_code)
    g_ptr_array_add (remarks, g_strdup (" codes such as 01067: categories rather than numbers"));
  if (summary->n_like_missing > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf (" %g in %u %s, far below all others: perhaps no value",
                                      summary->min, summary->n_like_missing,
                                      summary->n_like_missing == 1 ? "row" : "rows"));
  if (summary->signs != 0)
    g_ptr_array_add (remarks, g_strdup_printf (" the numbers are read without their %s", signs));
  if (remarks->len == 0)
    return NULL;
  g_ptr_array_add (remarks, NULL);
  return g_strjoinv ("\n", (char **) remarks->pdata);
}

static void
set_column (GKeyFile *keys, const EklTable *table, guint c)
{
  static const char *const types[] = {
    [EKL_COLUMN_NUMBER] = "number",
    [EKL_COLUMN_CATEGORY] = "category",
    [EKL_COLUMN_EMPTY] = "empty",
  };
  const EklColumnSummary *summary = ekl_table_get_column_summary (table, c);
  g_autofree char *group = g_strdup_printf ("column %u", c + 1);
  g_autofree char *remark = NULL;

  g_key_file_set_string (keys, group, "name", ekl_table_get_column_name (table, c));
  g_key_file_set_string (keys, group, "type", types[ekl_table_get_column_type (table, c)]);
  set_count (keys, group, "missing", summary->n_missing);
  set_count (keys, group, "bad", summary->n_bad);
  set_number (keys, group, "min", summary->min);
  set_number (keys, group, "max", summary->max);
  set_number (keys, group, "mean", summary->mean);
  set_count (keys, group, "categories", summary->n_categories);
  remark = describe_remarks (summary);
  if (remark != NULL)
    g_key_file_set_comment (keys, group, "name", remark, NULL);
}

static void
set_problems (GKeyFile *keys, const EklTable *table)
{
  guint n;
  const EklTableProblem *problems = ekl_table_list_problems (table, &n);

  for (guint k = 0; k < n; k++) {
    g_autofree char *group = g_strdup_printf ("problem %u", k + 1);

    set_count (keys, group, "row", problems[k].line);
    set_count (keys, group, "column", problems[k].column);
    g_key_file_set_string (keys, group, "text", problems[k].text);
  }
}

static GKeyFile *
inspect_table (const char *source, GError **error)
{
  g_autoptr (EklTable) table = ekl_data_load (source, NULL, NULL, error);
  GKeyFile *keys;

  if (table == NULL)
    return NULL;
  if (ekl_table_get_csv_format (table) == NULL) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s is made by the program, not read from a file; inspect needs a file", source);
    return NULL;
  }
  keys = g_key_file_new ();
  set_file (keys, table);
  set_doubts (keys, table);
  for (guint c = 0; c < ekl_table_get_n_columns (table); c++)
    set_column (keys, table, c);
  set_problems (keys, table);
  return keys;
}

static GKeyFile *
inspect (const char *source, GError **error)
{
  const EklExample *example = ekl_examples_find_pictures (source);
  g_autofree char *lower = g_ascii_strdown (source, -1);
  g_autoptr (GFile) folder = NULL;

  if (example != NULL) {
    folder = ekl_example_find_folder (example, error);
    return folder != NULL ? ekl_inspect_pictures (folder, example->title, error) : NULL;
  }
  if (g_file_test (source, G_FILE_TEST_IS_DIR)) {
    folder = g_file_new_for_path (source);
    return ekl_inspect_pictures (folder, NULL, error);
  }
  return g_str_has_suffix (lower, ".npy") ? ekl_inspect_array (source, error)
                                          : inspect_table (source, error);
}

/**
 * ekl_command_inspect:
 * @command_line: what is asked for
 * @error: return location for an error
 *
 * Prints what the reader makes of a file, as a key file. Of a table: how it is written, each column, and
 * the first problems, of which a row is the line of the file on which it begins and 0 as column means
 * the whole row. Of pictures and arrays: their sizes.
 *
 * Returns: 0, or -1 with an error
 */
int
ekl_command_inspect (EklCommandLine *command_line, GError **error)
{
  g_autoptr (GKeyFile) keys = inspect (command_line->source, error);
  g_autofree char *text = NULL;

  if (keys == NULL)
    return -1;
  text = g_key_file_to_data (keys, NULL, NULL);
  g_print ("%s", text);
  return 0;
}
