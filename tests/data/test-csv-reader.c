/* test-csv-reader.c - comma-separated text to a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_reader.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

static EklTable *
read_sized (const char *text, gssize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length >= 0 ? (gsize) length : strlen (text));

  return ekl_csv_read_bytes (bytes, "f.csv", NULL, NULL, NULL, NULL, error);
}

static EklTable *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  EklTable *table = read_sized (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (table);
  return table;
}

/* Every table of the forgiven forms is the same. */
static void
test_forgiven (gconstpointer text)
{
  g_autoptr (EklTable) table = read_text (text);

  g_assert_cmpuint (ekl_table_get_n_columns (table), ==, 2);
  g_assert_cmpuint (ekl_table_get_n_rows (table), ==, 3);
  g_assert_cmpstr (ekl_table_get_name (table), ==, "f.csv");
  g_assert_cmpstr (ekl_table_get_column_name (table, 0), ==, "a");
  g_assert_cmpstr (ekl_table_get_column_name (table, 1), ==, "b c");
  g_assert_cmpmem (ekl_table_get_column (table, 0), 3 * sizeof (double),
                   ((double[]){ 1, -2.5, 3e-7 }), 3 * sizeof (double));
  g_assert_cmpmem (ekl_table_get_column (table, 1), 3 * sizeof (double),
                   ((double[]){ 4, 5, 0.125 }), 3 * sizeof (double));
  g_assert_null (ekl_table_get_column_problem (table, 0));
  g_assert_null (ekl_table_get_column_problem (table, 1));
}

typedef struct {
  const char *name;
  const char *text;
  gsize length; /* 0: up to the first zero */
  EklDataError code;
  const char *message;
} BadText;

static const BadText bad_texts[] = {
  { "empty", "", 0, EKL_DATA_ERROR_EMPTY, "f.csv: the file is empty" },
  { "blank", "\n \n\r\n\t\n", 0, EKL_DATA_ERROR_EMPTY, "f.csv: the file is empty" },
  { "header-only", "a,b\n", 0, EKL_DATA_ERROR_EMPTY,
    "f.csv: the file has a header (2 columns) but no rows of data" },
  { "spreadsheet", "PK\003\004\024\000", 6, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but a spreadsheet or another packed file; save *" },
  { "packed", "\037\213\010\000", 4, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but packed*" },
  { "idx", "\000\000\010\001\000\000\000\001\003", 9, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but an IDX file; open the folder*" },
  { "npy", "\223NUMPY\001\000", 8, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but an array of NumPy*" },
  { "picture", "\211PNG\r\n\032\n", 8, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but a picture*" },
  { "web-page", "\n<!DOCTYPE html>\n<html>\n", 0, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but a web page*" },
  { "json", "\357\273\277[{\"a\": 1},\n {\"a\": 2}]\n", 0, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but a JSON file*" },
  { "arff", "@RELATION iris\n@DATA\n1,2\n", 0, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a table as text but an ARFF file*" },
  { "random", "q\016\200,\231\n1\307\005w\021,9\n\020\310\n", 0, EKL_DATA_ERROR_FORMAT,
    "f.csv: not a text file (4 characters that no text has, the first near row 1); a table *" },
  { "zero-byte", "a,b\n1,\0002\n", 8, EKL_DATA_ERROR_FORMAT, "*not a text file*" },
};

static void
test_bad_text (gconstpointer data)
{
  const BadText *bad = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table =
    read_sized (bad->text, bad->length > 0 ? (gssize) bad->length : -1, &error);

  g_assert_null (table);
  g_assert_error (error, EKL_DATA_ERROR, (int) bad->code);
  if (!g_pattern_match_simple (bad->message, error->message))
    g_error ("\"%s\" is not \"%s\"", error->message, bad->message);
}

typedef struct {
  const char *cell;
  const char *problem;
} BadCell;

/* The column of a bad cell can be ignored; the rest is read. */
static void
test_bad_cells (void)
{
  static const BadCell bad_cells[] = {
    { "abc", "\"abc\" is not a number;*" },
    { "1 2", "\"1 2\" is not a number;*" },
    { "0x10", "\"0x10\" is not a number;*" },
    { "1e", "\"1e\" is not a number;*" },
    { "1.5.2", "\"1.5.2\" is not a number;*" },
    { "\"two\nlines\"", "\"two lines\" is not a number;*" },
    { "", "the value is missing;*" },
    { "\"  \"", "the value is missing;*" },
    { "NA", "the value is missing;*" },
    { "nan", "the value is missing;*" },
    { "-NaN", "the value is missing;*" },
    { "-", "the value is missing;*" },
    { "inf", "\"inf\" is not a finite number;*" },
    { "-Infinity", "\"-Infinity\" is not a finite number;*" },
    { "1e999", "\"1e999\" is not a finite number;*" },
    { "ääääääääääääääääääääääääääääääääää",
      "\"ääääääääääääääääääääääääääääääää...\" is not a number;*" },
  };

  g_autoptr (GString) rows = g_string_new (NULL);
  const char *more;

  for (guint i = 0; i < 30; i++)
    g_string_append (rows, "9,10\n");
  more = rows->str;
  for (guint i = 0; i < G_N_ELEMENTS (bad_cells); i++) {
    g_autofree char *text =
      g_strdup_printf ("a,b\n1,2\n3,%s\n5,bad\n7,8\n%s", bad_cells[i].cell, more);
    g_autofree char *expected =
      g_strconcat ("f.csv, row 3, column 2 (b): ", bad_cells[i].problem, NULL);
    g_autoptr (EklTable) table = read_text (text);
    const double *b = ekl_table_get_column (table, 1);

    g_assert_null (ekl_table_get_column_problem (table, 0));
    g_assert_cmpuint (ekl_table_get_n_rows (table), ==, 34);
    g_assert_true (b[0] == 2 && isnan (b[1]) && isnan (b[2]) && b[3] == 8);
    if (!g_pattern_match_simple (expected, ekl_table_get_column_problem (table, 1)))
      g_error ("\"%s\" is not \"%s\"", ekl_table_get_column_problem (table, 1), expected);
  }
}

static void
test_no_header (void)
{
  g_autoptr (EklTable) table = read_text ("1,2\n3,4");
  g_autoptr (EklTable) with_missing = read_text ("1,NA\n3,4");
  g_autoptr (EklTable) half_named = read_text ("a,,2\n3,4,5");

  g_assert_cmpuint (ekl_table_get_n_rows (table), ==, 2);
  g_assert_cmpstr (ekl_table_get_column_name (table, 1), ==, "column_2");
  g_assert_cmpfloat (ekl_table_get_column (table, 1)[0], ==, 2);
  g_assert_cmpstr (ekl_table_get_column_problem (with_missing, 1), !=, NULL);
  g_assert_true (
    g_str_has_prefix (ekl_table_get_column_problem (with_missing, 1), "f.csv, row 1,"));
  g_assert_cmpuint (ekl_table_get_n_rows (half_named), ==, 1);
  g_assert_cmpstr (ekl_table_get_column_name (half_named, 1), ==, "column_2");
  g_assert_cmpstr (ekl_table_get_column_name (half_named, 2), ==, "2");
}

/* What "%.17g" wrote comes back to the bit, and in a locale with decimal commas. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GString) text = g_string_new ("x\n");
  g_autofree double *values = g_new (double, 5000);
  g_autoptr (EklTable) table = NULL;

  for (guint i = 0; i < 5000;) {
    guint64 bits = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    memcpy (&values[i], &bits, sizeof bits);
    if (isfinite (values[i]))
      g_string_append_printf (text, "%s\n",
                              g_ascii_formatd (number, sizeof number, "%.17g", values[i++]));
  }
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  table = read_text (text->str);
  setlocale (LC_NUMERIC, "C");
  g_assert_cmpmem (ekl_table_get_column (table, 0), 5000 * sizeof (double), values,
                   5000 * sizeof (double));
}

/* Longer than the pieces it is read in, with line ends on every place of a piece's border. */
static void
test_long (void)
{
  for (guint shift = 0; shift < 12; shift++) {
    g_autoptr (GString) text = g_string_new ("\"x\"");
    g_autoptr (EklTable) table = NULL;

    for (guint i = 0; i < shift; i++)
      g_string_append_c (text, ' ');
    g_string_append (text, ",y\r\n");
    for (guint i = 0; i < 20000; i++)
      g_string_append_printf (text, "%u,\"%u\"\r\n", i, 2 * i);
    table = read_text (text->str);
    g_assert_cmpuint (ekl_table_get_n_rows (table), ==, 20000);
    for (guint i = 0; i < 20000; i++) {
      g_assert_cmpfloat (ekl_table_get_column (table, 0)[i], ==, i);
      g_assert_cmpfloat (ekl_table_get_column (table, 1)[i], ==, 2 * i);
    }
    g_string_append (text, "1\r\n");
    g_autoptr (EklTable) short_row = read_text (text->str);
    guint n;
    const EklTableProblem *problems = ekl_table_list_problems (short_row, &n);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmpuint (problems[0].line, ==, 20002);
    g_assert_cmpuint (problems[0].row, ==, 20001);
    g_assert_cmpstr (problems[0].text, ==, "1 cell instead of 2; the others count as missing");
  }
}

static void
test_too_large (void)
{
  g_autoptr (GString) cell = g_string_new ("x\n\"");
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GError) cell_error = NULL;
  g_autoptr (GError) wide_error = NULL;

  for (guint i = 0; i < 500000; i++)
    g_string_append (cell, "long ");
  for (guint i = 0; i < 100001; i++)
    g_string_append (wide, i == 0 ? "1" : ",1");
  g_assert_null (read_sized (cell->str, cell->len, &cell_error));
  g_assert_nonnull (strstr (cell_error->message, "row 2 has a cell of more than a million"));
  g_assert_null (read_sized (wide->str, wide->len, &wide_error));
  g_assert_cmpstr (wide_error->message, ==,
                   "f.csv: row 1 has 100001 columns; at most 100000 can be read");
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\n1\n", 4);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ekl_csv_read_bytes (bytes, "f.csv", NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A first line sep= is believed where it can be true. What was found can be asked for again. */
static void
test_separator_lines (void)
{
  static const struct {
    const char *text;
    int comment, delimiter;
  } lines[] = {
    { "sep=#\n1#2\n3#4\n", 0, '#' },
    { "sep=#\n1,2\n3,4\n", '#', ',' },
    { "sep=-\n1,2\n3,4\n5,6\n7,8\n", 0, ',' },
  };

  for (guint k = 0; k < G_N_ELEMENTS (lines); k++) {
    const EklCsvFormat wanted = { .comment = lines[k].comment };
    g_autoptr (GBytes) bytes = g_bytes_new_static (lines[k].text, strlen (lines[k].text));
    g_autoptr (GError) error = NULL;
    g_autoptr (EklTable) table =
      ekl_csv_read_bytes (bytes, "f.csv", &wanted, NULL, NULL, NULL, &error);
    const EklCsvFormat *found;

    g_assert_no_error (error);
    found = ekl_table_get_csv_format (table);
    g_assert_true (ekl_csv_format_is_valid (found));
    g_assert_cmpint (found->delimiter, ==, lines[k].delimiter);
  }
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("ekl-csv-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "some data.csv", NULL);
  g_autoptr (GFile) folder_file = g_file_new_for_path (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (EklTable) table = NULL;

  g_assert_no_error (error);
  g_assert_null (ekl_csv_read_file (file, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ);
  g_assert_cmpstr (error->message, ==, "some data.csv: there is no such file");
  g_clear_error (&error);
  g_assert_null (ekl_csv_read_file (folder_file, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ);
  g_assert_nonnull (strstr (error->message, ": this is a folder; "));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "a\n1\n", -1, &error));
  table = ekl_csv_read_file (file, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ekl_table_get_name (table), ==, "some data.csv");
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  static const char *const forgiven[] = {
    "a,b c\n1,4\n-2.5,5\n3e-7,.125\n",
    "\xef\xbb\xbf\"a\",b c\n1,4\n-2.5,5\n3e-7,.125\n",
    "a,b c\r\n1,4\r\n-2.5,5\r\n3e-7,.125\r\n",
    "a,b c\r1,4\r-2.5,5\r3e-7,.125",
    "a,b c\n1,4\n-2.5,5\n3e-7,.125",
    "\n\na,b c\n\n1,4\n  \n-2.5,5\n3e-7,.125\n\n\n",
    "\"a\",\"b c\"\n\"1\",\"4\"\n\"-2.5\",\" 5\"\n\"3E-7\",\"0.1250\"\n",
    " a ,\tb c\n 1 , 4\n-2.5 ,\t5\n +3.0e-7,12.5e-2 ",
    "\" a\",\"b\nc\"\n1,4\n-2.5,5.\n3e-7,.125\n",
  };

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (forgiven); i++) {
    g_autofree char *path = g_strdup_printf ("/csv-reader/forgiven/%u", i);
    g_test_add_data_func (path, forgiven[i], test_forgiven);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad_texts); i++) {
    g_autofree char *path = g_strconcat ("/csv-reader/bad-text/", bad_texts[i].name, NULL);
    g_test_add_data_func (path, &bad_texts[i], test_bad_text);
  }
  g_test_add_func ("/csv-reader/bad-cells", test_bad_cells);
  g_test_add_func ("/csv-reader/no-header", test_no_header);
  g_test_add_func ("/csv-reader/round-trip", test_round_trip);
  g_test_add_func ("/csv-reader/long", test_long);
  g_test_add_func ("/csv-reader/too-large", test_too_large);
  g_test_add_func ("/csv-reader/cancel", test_cancel);
  g_test_add_func ("/csv-reader/separator-lines", test_separator_lines);
  g_test_add_func ("/csv-reader/files", test_files);
  return g_test_run ();
}
