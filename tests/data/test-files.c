/* test-files.c - files as the world has them: what the reader makes of each is what a careful person would
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_reader.h"
#include "number.h"

#include <math.h>
#include <string.h>

typedef struct {
  GKeyFile *expected;
  char *group;
} Case;

static char *
find_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "files", name, NULL);
}

static void
check_text (const Case *self, const char *key, const char *found)
{
  g_autofree char *wanted = g_key_file_get_string (self->expected, self->group, key, NULL);

  if (wanted != NULL && strcmp (wanted, found) != 0)
    g_error ("%s: %s should be \"%s\", not \"%s\"", self->group, key, wanted, found);
}

static void
check_number (const Case *self, const char *key, guint found)
{
  g_autofree char *text = g_strdup_printf ("%u", found);

  check_text (self, key, text);
}

static void
check_format (const Case *self, EklTable *table)
{
  const EklCsvFormat *format = ekl_table_get_csv_format (table);
  const char delimiter[] = { (char) MAX (format->delimiter, 0), '\0' };
  const char decimal[] = { (char) format->decimal, '\0' };
  const char thousands[] = { (char) MAX (format->thousands, 0), '\0' };
  const char comment[] = { (char) MAX (format->comment, 0), '\0' };

  check_text (self, "encoding", ekl_csv_encoding_get_name (format->encoding));
  check_text (self, "delimiter", delimiter);
  check_text (self, "decimal", decimal);
  check_text (self, "thousands", thousands);
  check_text (self, "comment", comment);
  check_text (self, "header", format->header == EKL_CSV_HEADER_YES ? "true" : "false");
}

static char *
describe_first (EklTable *table, guint column)
{
  const guint32 *codes = ekl_table_get_column_codes (table, column);
  const double *numbers = ekl_table_get_column (table, column);

  if (codes != NULL)
    return g_strdup (codes[0] == EKL_CATEGORY_MISSING
                       ? ""
                       : ekl_table_get_category_name (table, column, codes[0]));
  return isnan (numbers[0]) ? g_strdup ("") : ekl_number_to_text (numbers[0]);
}

static char *
describe_column (EklTable *table, guint column, const char *key)
{
  static const char *const types[] = { "number", "category", "empty" };
  const EklColumnSummary *summary = ekl_table_get_column_summary (table, column);

  if (g_str_equal (key, "names"))
    return g_strdup (ekl_table_get_column_name (table, column));
  if (g_str_equal (key, "types"))
    return g_strdup (types[ekl_table_get_column_type (table, column)]);
  if (g_str_equal (key, "missing"))
    return g_strdup_printf ("%u", summary->n_missing);
  if (g_str_equal (key, "bad"))
    return g_strdup_printf ("%u", summary->n_bad);
  return describe_first (table, column);
}

static void
check_columns (const Case *self, EklTable *table, const char *key)
{
  g_auto (GStrv) wanted = g_key_file_get_string_list (self->expected, self->group, key, NULL, NULL);
  const guint n_columns = ekl_table_get_n_columns (table);

  if (wanted == NULL)
    return;
  if (g_strv_length (wanted) != n_columns)
    g_error ("%s: there are %u columns, not %u", self->group, n_columns, g_strv_length (wanted));
  for (guint c = 0; c < n_columns; c++) {
    g_autofree char *found = describe_column (table, c, key);

    if (strcmp (wanted[c], found) != 0)
      g_error ("%s: column %u, %s: \"%s\" is wanted, not \"%s\"", self->group, c + 1, key,
               wanted[c], found);
  }
}

static void
test_file (gconstpointer data)
{
  static const char *const lists[] = { "names", "types", "missing", "bad", "first" };
  const Case *self = data;
  g_autofree char *path = find_file (self->group);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table = ekl_csv_read_file (file, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  check_format (self, table);
  check_number (self, "rows", ekl_table_get_n_rows (table));
  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    check_columns (self, table, lists[k]);
  check_text (self, "row-number",
              ekl_table_get_column_summary (table, 0)->is_row_number ? "true" : "false");
}

static void
free_case (gpointer data)
{
  Case *self = data;

  g_key_file_unref (self->expected);
  g_free (self->group);
  g_free (self);
}

static void
add_case (GKeyFile *expected, const char *group)
{
  g_autofree char *path = g_strconcat ("/files/", group, NULL);
  Case *self = g_new0 (Case, 1);

  self->expected = g_key_file_ref (expected);
  self->group = g_strdup (group);
  g_test_add_data_func_full (path, self, test_file, free_case);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GKeyFile) expected = g_key_file_new ();
  g_autofree char *path = NULL;
  g_auto (GStrv) groups = NULL;

  g_test_init (&argc, &argv, NULL);
  path = find_file ("expected.key");
  g_assert_true (g_key_file_load_from_file (expected, path, G_KEY_FILE_NONE, NULL));
  groups = g_key_file_get_groups (expected, NULL);
  for (guint k = 0; groups[k] != NULL; k++)
    add_case (expected, groups[k]);
  return g_test_run ();
}
