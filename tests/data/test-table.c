/* test-table.c - columns seen as the other type, row numbers, problems, preview; and files cut at every byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_reader.h"

#include <math.h>
#include <string.h>

static EklTable *
read_sized (const char *text, gsize length, const EklCsvFormat *wanted, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return ekl_csv_read_bytes (bytes, "f.csv", wanted, NULL, NULL, NULL, error);
}

static EklTable *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  EklTable *table = read_sized (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return table;
}

/* There and back, and nothing is lost: not the bad cell's text, not the number's last bit. */
static void
test_number_to_category (void)
{
  const char *text = "x,y\n10,a\n2.5,b\n0.1,c\nthree,d\n10,e\n,f\n7,g\n8,h\n9,i\n6,j\n5,k\n4,l\n";
  g_autoptr (EklTable) table = read_text (text);
  g_autoptr (EklTable) seen = ekl_table_with_column_type (table, 0, EKL_COLUMN_CATEGORY, NULL);
  g_autoptr (EklTable) back = ekl_table_with_column_type (seen, 0, EKL_COLUMN_NUMBER, NULL);
  const guint32 *codes = ekl_table_get_column_codes (seen, 0);

  g_assert_cmpint (ekl_table_get_column_type (table, 0), ==, EKL_COLUMN_NUMBER);
  g_assert_cmpstr (ekl_table_get_bad_text (table, 0, 3), ==, "three");
  g_assert_cmpint (ekl_table_get_cell_state (table, 3, 0), ==, EKL_CELL_IS_BAD);
  g_assert_cmpuint (ekl_table_get_n_rows_bad (table), ==, 1);
  g_assert_cmpuint (ekl_table_get_n_problems (table), ==, 1);

  g_assert_cmpint (ekl_table_get_column_type (seen, 0), ==, EKL_COLUMN_CATEGORY);
  g_assert_null (ekl_table_get_column (seen, 0));
  g_assert_cmpuint (ekl_table_get_column_summary (seen, 0)->n_categories, ==, 10);
  g_assert_cmpstr (ekl_table_get_category_name (seen, 0, 0), ==, "0.1");
  g_assert_cmpstr (ekl_table_get_category_name (seen, 0, 9), ==, "three");
  g_assert_cmpuint (codes[0], ==, codes[4]);
  g_assert_cmpuint (codes[5], ==, EKL_CATEGORY_MISSING);
  g_assert_cmpuint (ekl_table_get_n_rows_bad (seen), ==, 0);
  g_assert_cmpuint (ekl_table_get_n_problems (seen), ==, 0);

  g_assert_cmpmem (ekl_table_get_column (back, 0), 12 * sizeof (double),
                   ekl_table_get_column (table, 0), 12 * sizeof (double));
  g_assert_cmpstr (ekl_table_get_bad_text (back, 0, 3), ==, "three");
}

static void
test_category_to_number (void)
{
  g_autoptr (EklTable) table = read_text ("c;x\n1,50;1\nred;2\n2,25;3\n;4\nred;5\n");
  g_autoptr (EklTable) seen = ekl_table_with_column_type (table, 0, EKL_COLUMN_NUMBER, NULL);
  g_autoptr (EklTable) back = ekl_table_with_column_type (seen, 0, EKL_COLUMN_CATEGORY, NULL);
  const double *numbers = ekl_table_get_column (seen, 0);
  guint n;
  const EklTableProblem *problems = ekl_table_list_problems (seen, &n);

  g_assert_cmpint (ekl_table_get_column_type (table, 0), ==, EKL_COLUMN_CATEGORY);
  g_assert_true (numbers[0] == 1.5 && isnan (numbers[1]) && numbers[2] == 2.25);
  g_assert_cmpuint (ekl_table_get_column_summary (seen, 0)->n_bad, ==, 2);
  g_assert_cmpuint (ekl_table_get_column_summary (seen, 0)->n_missing, ==, 1);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (problems[0].line, ==, 3);
  g_assert_cmpuint (problems[0].row, ==, 2);
  g_assert_cmpuint (problems[1].line, ==, 6);
  g_assert_cmpstr (problems[1].text, ==, "\"red\" is not a number");
  g_assert_cmpuint (ekl_table_get_column_summary (back, 0)->n_categories, ==, 3);
}

static void
test_row_numbers (void)
{
  static const struct {
    const char *text;
    gboolean is_row_number;
  } cases[] = {
    { "id,a,b\n1,5,6\n2,7,8\n3,1,2\n", TRUE },  { ",a,b\n0,5,6\n1,7,8\n2,1,2\n", TRUE },
    { ",a,b\nx,5,6\ny,7,8\nz,1,2\n", TRUE },    { "nr,a\n1,5\n2,7\n3,1\n", TRUE },
    { "1,5,6\n2,7,8\n3,1,2\n", TRUE },          { "x,y\n1,5\n2,7\n3,1\n", FALSE },
    { "x,y,z\n1,5,6\n2,7,8\n3,1,2\n", FALSE },  { "time,y,z\n1,5,6\n2,7,8\n3,1,2\n", FALSE },
    { "id,a,b\n1,5,6\n3,7,8\n2,1,2\n", FALSE }, { "name,a,b\nx,5,6\ny,7,8\nz,1,2\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (EklTable) table = read_text (cases[i].text);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (ekl_table_get_column_summary (table, 0)->is_row_number, ==,
                     cases[i].is_row_number);
    g_assert_false (ekl_table_get_column_summary (table, 1)->is_row_number);
  }
}

static void
test_preview (void)
{
  g_autoptr (GString) text = g_string_new ("x;y\n");
  g_autoptr (EklTable) table = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (text, i == 1   ? "oops;\"a \"\"b\"\"\"\n"
                                  : i == 2 ? "3,50\n"
                                           : "1,5;c\n");
  table = read_text (text->str);
  g_assert_cmpuint (ekl_table_get_n_preview_rows (table), ==, EKL_TABLE_MAX_PREVIEW_ROWS);
  g_assert_cmpstr (ekl_table_get_preview_text (table, 1, 0), ==, "oops");
  g_assert_cmpstr (ekl_table_get_preview_text (table, 1, 1), ==, "a \"b\"");
  g_assert_cmpstr (ekl_table_get_preview_text (table, 2, 0), ==, "3,50");
  g_assert_cmpstr (ekl_table_get_preview_text (table, 2, 1), ==, "");
  g_assert_cmpint (ekl_table_get_cell_state (table, 1, 0), ==, EKL_CELL_IS_BAD);
  g_assert_cmpint (ekl_table_get_cell_state (table, 2, 1), ==, EKL_CELL_IS_MISSING);
  g_assert_cmpint (ekl_table_get_cell_state (table, 299, 0), ==, EKL_CELL_GOOD);
}

/* What is wanted outweighs what looks right; what is not wanted is still found. */
static void
test_wanted (void)
{
  const char *text = "a;b\n1,234;2,345\n3,456;4,567\n";
  const EklCsvFormat thousands = { .thousands = ',' }, no_header = { .header = EKL_CSV_HEADER_NO };
  const EklCsvFormat comma = { .delimiter = ',' }, wrong = { .delimiter = 'a' };
  g_autoptr (EklTable) guess = read_text (text);
  g_autoptr (EklTable) table = read_sized (text, strlen (text), &thousands, NULL);
  g_autoptr (EklTable) bare = read_sized (text, strlen (text), &no_header, NULL);
  g_autoptr (EklTable) split = read_sized (text, strlen (text), &comma, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (ekl_table_get_column (guess, 0)[0], ==, 1.234);
  g_assert_nonnull (ekl_table_get_csv_doubt (guess, EKL_CSV_FIELD_DECIMAL));
  g_assert_true (ekl_table_is_csv_guess (guess, EKL_CSV_FIELD_DECIMAL));
  g_assert_cmpfloat (ekl_table_get_column (table, 0)[0], ==, 1234);
  g_assert_false (ekl_table_is_csv_guess (table, EKL_CSV_FIELD_THOUSANDS));
  g_assert_cmpuint (ekl_table_get_n_rows (bare), ==, 3);
  g_assert_cmpint (ekl_table_get_csv_format (split)->delimiter, ==, ',');
  g_assert_null (read_sized (text, strlen (text), &wrong, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT);
}

/* The rows before the thousandth show no decimals, and no texts; the whole file decides. */
static void
test_late_evidence (void)
{
  g_autoptr (GString) text = g_string_new ("x;c\n");
  g_autoptr (EklTable) table = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, i < 190000 ? "%u;%u\n" : "%u,5;A%u\n", i, i % 7);
  for (guint i = 0; i < 30000; i++)
    g_string_append (text, "1,25;B\n");
  table = read_text (text->str);
  g_assert_cmpint (ekl_table_get_csv_format (table)->decimal, ==, ',');
  g_assert_cmpuint (ekl_table_get_column_summary (table, 0)->n_bad, ==, 0);
  g_assert_cmpfloat (ekl_table_get_column (table, 0)[190000], ==, 190000.5);
  g_assert_cmpint (ekl_table_get_column_type (table, 1), ==, EKL_COLUMN_CATEGORY);
  g_assert_cmpuint (ekl_table_get_column_summary (table, 1)->n_categories, ==, 15);
}

static void
progress_cb (double fraction, gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
cancel_cb (double fraction, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_progress (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) text = g_string_new ("a,b\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  double last = 0;

  while (text->len < 6 * 1024 * 1024)
    g_string_append (text, "1,2\n3,4\n5,\"6\"\n");
  bytes = g_bytes_new (text->str, text->len);
  ekl_table_unref (ekl_csv_read_bytes (bytes, "f.csv", NULL, progress_cb, &last, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >, 0); /* how far the thread that calls gets is up to the others */
  g_assert_null (
    ekl_csv_read_bytes (bytes, "f.csv", NULL, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
use (EklTable *table)
{
  for (guint c = 0; c < ekl_table_get_n_columns (table); c++) {
    g_autoptr (EklTable) seen = ekl_table_with_column_type (
      table, c,
      ekl_table_get_column_type (table, c) == EKL_COLUMN_NUMBER ? EKL_COLUMN_CATEGORY
                                                                : EKL_COLUMN_NUMBER,
      NULL);
    for (guint r = 0; r < ekl_table_get_n_rows (table); r++) {
      EklCellState state = ekl_table_get_cell_state (table, r, c);
      g_assert_cmpint (state == EKL_CELL_IS_MISSING, ==,
                       ekl_table_get_cell_state (seen, r, c) == EKL_CELL_IS_MISSING);
      g_assert_cmpint (state == EKL_CELL_IS_BAD, ==, ekl_table_get_bad_text (table, c, r) != NULL);
      g_assert_cmpuint (ekl_table_get_row_line (table, r), >, r);
    }
  }
}

/* A file that was cut off anywhere, in every encoding, is read or refused with a sentence. */
static void
test_cut (void)
{
  static const char *const texts[] = {
    ("\xef\xbb\xbfGröße;Wert;\"Te;xt\"\r\n1,5;2.000,25;\"a \"\"b\"\"\r\nc\"\r\n# "
     "x\r\n;NA;ä\r\n7;8;9\r\n"),
    "x y\n1 \"a b\"\n2 c\n\n3  d  \n",
    "sep=|\na|b|\n1|'2'|\n3|4|\n",
  };
  static const EklCsvEncoding encodings[] = { EKL_CSV_ENCODING_UTF_8, EKL_CSV_ENCODING_UTF_16LE,
                                              EKL_CSV_ENCODING_UTF_16BE,
                                              EKL_CSV_ENCODING_WINDOWS_1252 };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (encodings); i++) {
    EklCsvEncoding encoding = encodings[i % G_N_ELEMENTS (encodings)];
    const char *text = texts[i / G_N_ELEMENTS (encodings)];
    gsize length;
    g_autofree char *bytes =
      g_convert (encoding == EKL_CSV_ENCODING_WINDOWS_1252 && i == 3 ? text + 3 : text, -1,
                 ekl_csv_encoding_get_name (encoding), "UTF-8", NULL, &length, NULL);

    g_assert_nonnull (bytes);
    for (gsize cut = 0; cut <= length; cut++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (EklTable) table = read_sized (bytes, cut, NULL, &error);
      if (table != NULL) {
        use (table);
      } else {
        g_assert_true (error->domain == EKL_DATA_ERROR);
        g_assert_true (g_str_has_prefix (error->message, "f.csv: "));
      }
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/number-to-category", test_number_to_category);
  g_test_add_func ("/table/category-to-number", test_category_to_number);
  g_test_add_func ("/table/row-numbers", test_row_numbers);
  g_test_add_func ("/table/preview", test_preview);
  g_test_add_func ("/table/wanted", test_wanted);
  g_test_add_func ("/table/late-evidence", test_late_evidence);
  g_test_add_func ("/table/progress", test_progress);
  g_test_add_func ("/table/cut", test_cut);
  return g_test_run ();
}
