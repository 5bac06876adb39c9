/* test-hostile.c - thousands of damaged files: each is read or refused with a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_reader.h"
#include "dataset.h"
#include "npy.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define N_CSV 6000
#define N_NPY 3000

static void
damage_byte (GRand *random, GString *text)
{
  static const char *const pieces[] = {
    "\"",    "\"\"", ",",    ",,",         "\n",   "\r",    "\r\n", " ",   "NA",
    "1e999", "-",    "\xff", "\xc3",       "ä",    "(",     ")",    "{",   "}",
    "'",     ":",    "0",    "9999999999", "True", "shape", "<f4",  ">f8", "\xef\xbb\xbf",
    ";",
  };
  gsize at = text->len > 0 ? (gsize) g_rand_int_range (random, 0, (int) text->len) : 0;
  gsize length = (gsize) g_rand_int_range (random, 1, 20);

  switch (g_rand_int_range (random, 0, 6)) {
  case 0:
    if (text->len > 0)
      text->str[at] = (char) g_rand_int_range (random, 0, 256);
    break;
  case 1:
    g_string_erase (text, (gssize) at, (gssize) MIN (text->len - at, length));
    break;
  case 2:
    if (g_rand_int_range (random, 0, 4) == 0)
      g_string_truncate (text, at);
    break;
  case 3:
    if (text->len > 0) {
      g_autofree char *copy = g_strndup (text->str + at, MIN (text->len - at, length));
      g_string_insert (text, g_rand_int_range (random, 0, (int) text->len), copy);
    }
    break;
  default:
    g_string_insert (text, (gssize) at,
                     pieces[g_rand_int_range (random, 0, (int) G_N_ELEMENTS (pieces))]);
    break;
  }
}

static GString *
damage (GRand *random, const char *text, gsize length)
{
  GString *damaged = g_string_new_len (text, (gssize) length);
  int n = g_rand_int_range (random, 1, 5);

  for (int i = 0; i < n; i++)
    damage_byte (random, damaged);
  return damaged;
}

static void
assert_sentence (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == EKL_DATA_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 15);
  g_assert_null (strchr (error->message, '\n'));
}

/* Thousands of times: replacing a file, some file systems wait for the disk. */
static void
write_plainly (const char *path, const GString *text)
{
  FILE *stream;

  g_unlink (path);
  stream = fopen (path, "wb");
  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (text->str, 1, text->len, stream), ==, text->len);
  g_assert_cmpint (fclose (stream), ==, 0);
}

/* Every cell is asked for, so that memory checkers see what was not written. */
static void
use_table (EklTable *table)
{
  const EklDataOptions options = { .train_fraction = 0.5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataset) dataset = ekl_dataset_new (table, &options, &error);

  g_assert_cmpuint (ekl_table_get_n_columns (table), >, 0);
  g_assert_cmpuint (ekl_table_get_n_rows (table), >, 0);
  for (guint c = 0; c < ekl_table_get_n_columns (table); c++) {
    const double *values = ekl_table_get_column (table, c);
    gboolean has_nan = values == NULL;
    for (guint r = 0; values != NULL && r < ekl_table_get_n_rows (table); r++)
      has_nan = has_nan || values[r] != values[r];
    g_assert_cmpint (has_nan, ==, ekl_table_get_column_problem (table, c) != NULL);
    g_assert_true (g_utf8_validate (ekl_table_get_column_name (table, c), -1, NULL));
    g_assert_cmpstr (ekl_table_get_column_name (table, c), !=, "");
  }
  if (dataset == NULL)
    assert_sentence (error);
}

static void
test_csv (void)
{
  static const char *const seeds[] = {
    "a,b,c\n1,2,3\n4,5,6\n7,8,9\n",
    "\"x, 1\",\"y\"\"z\",t\r\n0.5,\"-1e-3\",7\r\n\r\n1,2,3\r\n",
    "1.5 , 2\n3,4\n",
    "\xef\xbb\xbfname\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20200612);
  guint n_read = 0;

  for (guint i = 0; i < N_CSV; i++) {
    const char *seed = seeds[i % G_N_ELEMENTS (seeds)];
    g_autoptr (GString) text = damage (random, seed, strlen (seed));
    /* of exactly that size, so that one byte too far is seen */
    g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
    g_autoptr (GError) error = NULL;
    g_autoptr (EklTable) table =
      ekl_csv_read_bytes (bytes, "f.csv", NULL, NULL, NULL, NULL, &error);
    if (table == NULL) {
      assert_sentence (error);
      continue;
    }
    g_assert_no_error (error);
    use_table (table);
    n_read++;
  }
  /* neither all of them nor none: the damage does something, and not everything is refused */
  g_assert_cmpuint (n_read, >, N_CSV / 20);
  g_assert_cmpuint (n_read, <, N_CSV - N_CSV / 20);
}

static void
test_npy (void)
{
  static const char *const names[] = {
    "c-order.npy", "fortran-order.npy", "big-endian-float.npy", "version-2.npy", "scalar.npy",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20200612);
  g_autofree char *folder = g_dir_make_tmp ("ekl-hostile-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "damaged.npy", NULL);
  guint n_read = 0;

  for (guint i = 0; i < N_NPY; i++) {
    const char *name = names[i % G_N_ELEMENTS (names)];
    g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", "arrays", name, NULL);
    g_autofree char *seed = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (EklArray) array = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (source, &seed, &length, NULL));
    g_autoptr (GString) text = damage (random, seed, length);
    write_plainly (path, text);
    array = ekl_npy_read (path, &error);
    if (array == NULL) {
      assert_sentence (error);
      continue;
    }
    g_assert_cmpuint (ekl_array_get_n_values (array), <=, text->len / 4);
    n_read++;
  }
  g_unlink (path);
  g_rmdir (folder);
  g_assert_cmpuint (n_read, >, N_NPY / 20);
  g_assert_cmpuint (n_read, <, N_NPY - N_NPY / 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/csv", test_csv);
  g_test_add_func ("/hostile/npy", test_npy);
  return g_test_run ();
}
