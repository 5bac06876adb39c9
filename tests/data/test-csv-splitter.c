/* test-csv-splitter.c - records by the fast way and by libcsv alone, and in chunks of any border
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_chunks.h"

#include <string.h>

static void
append_cells (GString *out, const EklCsvSplitter *splitter)
{
  g_string_append_printf (out, "%" G_GSIZE_FORMAT ":", splitter->record_line);
  for (guint c = 0; c < splitter->n_cells; c++) {
    g_string_append_c (out, '[');
    g_string_append_len (out, splitter->cells[c].text, (gssize) splitter->cells[c].length);
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, '\n');
}

static char *
split (const EklCsvDialect *dialect, const char *text, gboolean slowly)
{
  g_autoptr (GString) out = g_string_new (NULL);
  EklCsvSplitter splitter;

  ekl_csv_splitter_init (&splitter, dialect, text, dialect->end, 1);
  while (slowly ? ekl_csv_splitter_next_slowly (&splitter) : ekl_csv_splitter_next (&splitter))
    append_cells (out, &splitter);
  ekl_csv_splitter_clear (&splitter);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
split_in_chunks (EklCsvDialect *dialect, const char *text)
{
  const EklCsvWatch watch = { .thread = g_thread_self () };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) chunks = ekl_csv_chunks_new (dialect, text, 1, &watch);

  for (guint k = 0; k < chunks->len; k++) {
    const EklCsvChunk *chunk = &g_array_index (chunks, EklCsvChunk, k);
    EklCsvSplitter splitter;
    gsize n = 0;

    ekl_csv_splitter_init (&splitter, dialect, chunk->start, chunk->stop, chunk->line);
    while (ekl_csv_splitter_next (&splitter)) {
      append_cells (out, &splitter);
      n++;
    }
    g_assert_cmpuint (n, <=, chunk->max_rows);
    ekl_csv_splitter_clear (&splitter);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_split (const char *text, char delimiter, const char *expected)
{
  EklCsvDialect dialect;

  ekl_csv_dialect_init (&dialect, text + strlen (text), delimiter, '"', '#');
  g_autofree char *fast = split (&dialect, text, FALSE);
  g_autofree char *slow = split (&dialect, text, TRUE);
  g_assert_cmpstr (fast, ==, expected);
  g_assert_cmpstr (slow, ==, expected);
}

static void
test_examples (void)
{
  assert_split ("a,b\n1,2", ',', "1:[a][b]\n2:[1][2]\n");
  assert_split (" a , b\t\n", ',', "1:[a][b]\n");
  assert_split (",\n,,\n", ',', "1:[][]\n2:[][][]\n");
  assert_split ("\"a\",\" b \"\n", ',', "1:[a][ b ]\n");
  assert_split ("\"a\nb\",c\r\nd", ',', "1:[a\nb][c]\n3:[d]\n");
  assert_split ("\"a \"\"b\"\"\",c\n", ',', "1:[a \"b\"][c]\n");
  assert_split ("5\" pipe,1\n", ',', "1:[5\" pipe][1]\n");
  assert_split ("\"a\" ,b\n", ',', "1:[a][b]\n");
  assert_split ("\n \n# x\n\na,#b\n", ',', "5:[a][#b]\n");
  assert_split ("a\t\tb c\n", '\t', "1:[a][][b c]\n");
  assert_split ("  a \t b  \n", ' ', "1:[a][b]\n");
  assert_split ("a \"b  c\" \"\" d\n", ' ', "1:[a][b  c][][d]\n");
  assert_split ("a,b;c\n", '\0', "1:[a,b;c]\n");
  assert_split ("a\rb\r\nc\n\rd", ',', "1:[a]\n2:[b]\n3:[c]\n5:[d]\n");
  /* never closed: a character; but closed by the end of the file where it is on the last line */
  assert_split ("\"a,1\nb,2\n", ',', "1:[\"a][1]\n2:[b][2]\n");
  assert_split ("b,2\n1,\"a, c", ',', "1:[b][2]\n2:[1][a, c]\n");
}

static GString *
make_text (GRand *random, const char *alphabet, gsize length)
{
  GString *text = g_string_new (NULL);
  int n = (int) strlen (alphabet);

  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, alphabet[g_rand_int_range (random, 0, n)]);
  return text;
}

/* Anything at all, with much of what means something. */
static void
test_random (void)
{
  static const char delimiters[] = { ',', ';', '\t', ' ', '|', '\0' };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 40000; i++) {
    g_autoptr (GString) text = make_text (random, i % 2 == 0 ? "a1\"\",;\n\r \t|#" : "ab\",,\n ",
                                          (gsize) g_rand_int_range (random, 0, 60));
    EklCsvDialect dialect;

    ekl_csv_dialect_init (&dialect, text->str + text->len, delimiters[i % sizeof delimiters], '"',
                          i % 3 == 0 ? '#' : '\0');
    g_autofree char *fast = split (&dialect, text->str, FALSE);
    g_autofree char *slow = split (&dialect, text->str, TRUE);
    if (strcmp (fast, slow) != 0)
      g_error ("\"%s\" is split into\n%s by one way and into\n%s by libcsv", text->str, fast, slow);
  }
}

/* Several megabytes, so that there are several chunks, some borders inside quotation marks. */
static void
test_chunks (gconstpointer data)
{
  guint kind = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (4 + kind);
  g_autoptr (GString) text = g_string_new (NULL);
  EklCsvDialect dialect;

  for (guint row = 0; text->len < 3500000; row++) {
    g_string_append_printf (text, "%u,", row);
    if (kind > 0 && g_rand_int_range (random, 0, kind == 1 ? 3 : 2000) == 0) {
      guint n = (guint) g_rand_int_range (random, 0, kind == 1 ? 20 : 60000);
      g_string_append_c (text, '"');
      for (guint k = 0; k < n; k++)
        g_string_append (text, k % 7 == 0 ? "\"\"" : k % 5 == 0 ? "\r\n" : "a, b");
      g_string_append_c (text, '"');
    }
    if (kind == 3 && row % 3000 == 0)
      g_string_append (text, "\n\"stray");
    g_string_append (text, row % 11 == 0 ? "\n\n" : row % 3 == 0 ? "\r\n" : "\n");
  }
  ekl_csv_dialect_init (&dialect, text->str + text->len, ',', '"', '\0');
  g_autofree char *chunked = split_in_chunks (&dialect, text->str);
  g_autofree char *whole = split (&dialect, text->str, FALSE);
  g_assert_true (strcmp (chunked, whole) == 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-splitter/examples", test_examples);
  g_test_add_func ("/csv-splitter/random", test_random);
  g_test_add_data_func ("/csv-splitter/chunks/plain", GUINT_TO_POINTER (0), test_chunks);
  g_test_add_data_func ("/csv-splitter/chunks/quoted", GUINT_TO_POINTER (1), test_chunks);
  g_test_add_data_func ("/csv-splitter/chunks/long-cells", GUINT_TO_POINTER (2), test_chunks);
  g_test_add_data_func ("/csv-splitter/chunks/stray", GUINT_TO_POINTER (3), test_chunks);
  return g_test_run ();
}
