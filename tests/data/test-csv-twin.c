/* test-csv-twin.c - random tables, written in every format and read back: the same table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_reader.h"

#include <math.h>
#include <string.h>

typedef struct {
  guint n_rows, n_columns;
  gboolean *is_text; /* (n_columns) */
  double *numbers;   /* (n_columns, n_rows), NaN: missing */
  guint *words;      /* (n_columns, n_rows), 0: missing */
} Twin;

typedef struct {
  char delimiter, decimal, thousands;
  gboolean header, quote_all;
  const char *line_end, *missing;
  EklCsvEncoding encoding;
  gboolean mark; /* of byte order */
} Style;

static const char *const words[] = { "",     "red",  "grün",  "deep blue",  "a \"b\" c",
                                     "x, y", "p; q", "v | w", "two\nlines", "été" };

static Twin
twin_new (GRand *random)
{
  Twin twin = { (guint) g_rand_int_range (random, 12, 60), (guint) g_rand_int_range (random, 2, 7),
                NULL, NULL, NULL };

  twin.is_text = g_new0 (gboolean, twin.n_columns);
  twin.numbers = g_new0 (double, twin.n_columns *twin.n_rows);
  twin.words = g_new0 (guint, twin.n_columns * twin.n_rows);
  for (guint c = 0; c < twin.n_columns; c++) {
    /* at least one column of each kind; numbers of one and of two decimals show the marks */
    twin.is_text[c] = c == 0 || (c > 1 && g_rand_boolean (random));
    for (guint r = 0; r < twin.n_rows; r++) {
      gsize i = (gsize) c * twin.n_rows + r;
      /* rows of nothing at the end are left out, and the first ones say what is a header */
      gboolean missing = r > 2 && r + 1 < twin.n_rows && g_rand_int_range (random, 0, 10) == 0;
      twin.numbers[i] =
        missing ? NAN : floor (g_rand_double_range (random, -2e6, 2e6)) / (r % 2 == 0 ? 10 : 100);
      twin.words[i] =
        missing ? 0 : (guint) g_rand_int_range (random, 1, (int) G_N_ELEMENTS (words));
    }
  }
  return twin;
}

static void
twin_clear (Twin *twin)
{
  g_free (twin->is_text);
  g_free (twin->numbers);
  g_free (twin->words);
}

static void
append_quoted (GString *text, const char *cell, const Style *style)
{
  gboolean quote = style->quote_all || strpbrk (cell, "\",;|\n\t ") != NULL ||
                   (style->delimiter == ' ' && *cell == '\0');

  if (quote)
    g_string_append_c (text, '"');
  for (; *cell != '\0'; cell++) {
    g_string_append_c (text, *cell);
    if (*cell == '"')
      g_string_append_c (text, '"');
  }
  if (quote)
    g_string_append_c (text, '"');
}

static char *
write_number (double value, const Style *style)
{
  g_autofree char *plain = g_strdup_printf ("%.2f", fabs (value));
  g_autoptr (GString) text = g_string_new (value < 0 ? "-" : NULL);
  gsize n_whole = strlen (plain) - 3;

  for (gsize i = 0; plain[i] != '\0'; i++) {
    if (style->thousands != 0 && i > 0 && i < n_whole && (n_whole - i) % 3 == 0)
      g_string_append_c (text, style->thousands);
    g_string_append_c (text, plain[i] == '.' ? style->decimal : plain[i]);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GString *
twin_write (const Twin *twin, const Style *style)
{
  GString *text = g_string_new (NULL);

  for (int r = style->header ? -1 : 0; r < (int) twin->n_rows; r++) {
    for (guint c = 0; c < twin->n_columns; c++) {
      gsize i = (gsize) c * twin->n_rows + (guint) MAX (r, 0);
      g_autofree char *cell = NULL;

      if (c > 0)
        g_string_append_c (text, style->delimiter);
      if (r < 0)
        cell = g_strdup_printf ("name%u", c + 1);
      else if (twin->is_text[c] ? twin->words[i] == 0 : isnan (twin->numbers[i]))
        cell = g_strdup (style->missing);
      else
        cell = twin->is_text[c] ? g_strdup (words[twin->words[i]])
                                : write_number (twin->numbers[i], style);
      append_quoted (text, cell, style);
    }
    g_string_append (text, style->line_end);
  }
  return text;
}

static GBytes *
encode (const GString *text, const Style *style)
{
  g_autofree char *marked = g_strconcat (style->mark ? "\xef\xbb\xbf" : "", text->str, NULL);
  gsize length;
  char *bytes = g_convert (marked, -1, ekl_csv_encoding_get_name (style->encoding), "UTF-8", NULL,
                           &length, NULL);

  g_assert_nonnull (bytes);
  return g_bytes_new_take (bytes, length);
}

static void
assert_column (const Twin *twin, const EklTable *table, guint c)
{
  const EklColumnSummary *summary = ekl_table_get_column_summary (table, c);
  guint n_missing = 0;

  g_assert_cmpint (ekl_table_get_column_type (table, c), ==,
                   twin->is_text[c] ? EKL_COLUMN_CATEGORY : EKL_COLUMN_NUMBER);
  for (guint r = 0; r < twin->n_rows; r++) {
    gsize i = (gsize) c * twin->n_rows + r;
    if (twin->is_text[c]) {
      guint32 code = ekl_table_get_column_codes (table, c)[r];
      n_missing += twin->words[i] == 0;
      g_assert_cmpstr (code == EKL_CATEGORY_MISSING ? ""
                                                    : ekl_table_get_category_name (table, c, code),
                       ==, words[twin->words[i]]);
    } else {
      double value = ekl_table_get_column (table, c)[r];
      n_missing += isnan (twin->numbers[i]) != 0;
      g_assert_true (value == twin->numbers[i] || (isnan (value) && isnan (twin->numbers[i])));
    }
  }
  g_assert_cmpuint (summary->n_missing, ==, n_missing);
  g_assert_cmpuint (summary->n_bad, ==, 0);
}

static void
assert_format (const EklTable *table, const Style *style, gboolean is_ascii)
{
  const EklCsvFormat *format = ekl_table_get_csv_format (table);

  g_assert_cmpint (format->delimiter, ==, style->delimiter);
  g_assert_cmpint (format->decimal, ==, style->decimal);
  g_assert_cmpint (format->header, ==, style->header ? EKL_CSV_HEADER_YES : EKL_CSV_HEADER_NO);
  /* plain ASCII is both, and called UTF-8 */
  g_assert_cmpint (format->encoding, ==, is_ascii ? EKL_CSV_ENCODING_UTF_8 : style->encoding);
}

static void
check (const Twin *twin, const Style *style, const EklCsvFormat *wanted)
{
  g_autoptr (GString) text = twin_write (twin, style);
  g_autoptr (GBytes) bytes = encode (text, style);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table =
    ekl_csv_read_bytes (bytes, "f.csv", wanted, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  assert_format (table, style,
                 wanted == NULL && style->encoding == EKL_CSV_ENCODING_WINDOWS_1252 &&
                   g_str_is_ascii (text->str));
  g_assert_cmpuint (ekl_table_get_n_columns (table), ==, twin->n_columns);
  g_assert_cmpuint (ekl_table_get_n_rows (table), ==, twin->n_rows);
  for (guint c = 0; c < twin->n_columns; c++)
    assert_column (twin, table, c);
}

static Style
draw_style (GRand *random)
{
  static const char delimiters[] = { ',', ';', '\t', '|', ' ' };
  static const char thousands[] = { 0, 0, '.', ',', '\'' };
  static const char *const line_ends[] = { "\n", "\r\n", "\n" };
  static const char *const missing[] = { "NA", "", "?", "NaN", "null" };
  static const EklCsvEncoding encodings[] = { EKL_CSV_ENCODING_UTF_8, EKL_CSV_ENCODING_UTF_8,
                                              EKL_CSV_ENCODING_UTF_16LE, EKL_CSV_ENCODING_UTF_16BE,
                                              EKL_CSV_ENCODING_WINDOWS_1252 };
  Style style = { 0 };

  style.delimiter = delimiters[g_rand_int_range (random, 0, G_N_ELEMENTS (delimiters))];
  style.decimal = g_rand_boolean (random) ? '.' : ',';
  style.thousands = thousands[g_rand_int_range (random, 0, G_N_ELEMENTS (thousands))];
  if (style.thousands == style.decimal)
    style.thousands = 0;
  style.header = g_rand_boolean (random);
  style.quote_all = g_rand_int_range (random, 0, 3) == 0;
  style.line_end = line_ends[g_rand_int_range (random, 0, G_N_ELEMENTS (line_ends))];
  style.missing = missing[g_rand_int_range (random, 0, G_N_ELEMENTS (missing))];
  style.encoding = encodings[g_rand_int_range (random, 0, G_N_ELEMENTS (encodings))];
  style.mark = style.encoding != EKL_CSV_ENCODING_WINDOWS_1252 && g_rand_boolean (random);
  return style;
}

/* Nothing is said: all is found. */
static void
test_guessed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20);

  for (guint i = 0; i < 1500; i++) {
    Style style = draw_style (random);
    Twin twin = twin_new (random);
    check (&twin, &style, NULL);
    twin_clear (&twin);
  }
}

/* All is said: nothing is guessed otherwise. */
static void
test_wanted (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (21);

  for (guint i = 0; i < 500; i++) {
    Style style = draw_style (random);
    Twin twin = twin_new (random);
    const EklCsvFormat wanted = {
      .encoding = style.encoding,
      .delimiter = style.delimiter,
      .decimal = style.decimal,
      .thousands = style.thousands != 0 ? style.thousands : EKL_CSV_NONE,
      .quote = '"',
      .comment = EKL_CSV_NONE,
      .header = style.header ? EKL_CSV_HEADER_YES : EKL_CSV_HEADER_NO,
    };
    check (&twin, &style, &wanted);
    twin_clear (&twin);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-twin/guessed", test_guessed);
  g_test_add_func ("/csv-twin/wanted", test_wanted);
  return g_test_run ();
}
