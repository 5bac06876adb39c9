/* test-npy.c - NumPy's .npy files of doubles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static EklArray *
read_fixture (const char *name, GError **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "arrays", name, NULL);

  return ekl_npy_read (path, error);
}

static char *scratch_folder;

static char *
scratch_path (void)
{
  return g_build_filename (scratch_folder, "scratch.npy", NULL);
}

/* One array in every form it can be stored in. */
static void
test_forms (void)
{
  static const char *const names[] = {
    "c-order.npy",          "fortran-order.npy", "float.npy",     "big-endian.npy",
    "big-endian-float.npy", "version-2.npy",     "version-3.npy",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (EklArray) array = read_fixture (names[i], &error);
    g_assert_no_error (error);
    g_assert_cmpuint (array->n_dimensions, ==, 3);
    g_assert_cmpuint (array->shape[0], ==, 2);
    g_assert_cmpuint (array->shape[1], ==, 3);
    g_assert_cmpuint (array->shape[2], ==, 2);
    g_assert_cmpuint (ekl_array_get_n_values (array), ==, 12);
    for (guint k = 0; k < 12; k++)
      g_assert_cmpfloat (array->values[k], ==, k / 8.0 - 0.5);
  }
}

static void
test_from_memory (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "data", "arrays", "big-endian.npy", NULL);
  g_autoptr (EklArray) file = read_fixture ("big-endian.npy", NULL);
  g_autoptr (EklArray) memory = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  memory = ekl_npy_read_bytes ((guint8 *) bytes, length, "pasted", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (memory->values, 12 * sizeof (double), file->values, 12 * sizeof (double));
  g_assert_null (ekl_npy_read_bytes ((guint8 *) bytes, length - 1, "pasted", &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT);
  g_assert_true (g_str_has_prefix (error->message, "pasted: the header promises 96 bytes"));
  g_clear_error (&error);
  g_assert_null (ekl_npy_read_bytes ((guint8 *) bytes, 0, "pasted", &error));
  g_assert_cmpstr (error->message, ==, "pasted: the file is empty");
}

static void
test_shapes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EklArray) scalar = read_fixture ("scalar.npy", &error);
  g_autoptr (EklArray) vector = read_fixture ("vector.npy", &error);
  g_autoptr (EklArray) no_rows = read_fixture ("no-rows.npy", &error);
  g_autoptr (EklArray) deep = read_fixture ("one-by-one-by-one-by-two.npy", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (scalar->n_dimensions, ==, 0);
  g_assert_cmpfloat (scalar->values[0], ==, 0.1);
  g_assert_cmpuint (vector->n_dimensions, ==, 1);
  g_assert_cmpuint (vector->shape[0], ==, 5);
  g_assert_cmpfloat (vector->values[0], ==, G_PI);
  g_assert_true (vector->values[1] == 0 && signbit (vector->values[1]));
  g_assert_true (isinf (vector->values[2]) && isnan (vector->values[3]));
  g_assert_cmpfloat (vector->values[4], ==, 5e-324);
  g_assert_cmpuint (no_rows->shape[0], ==, 0);
  g_assert_cmpuint (no_rows->shape[1], ==, 5);
  g_assert_cmpuint (deep->n_dimensions, ==, 4);
  g_assert_cmpfloat (deep->values[1], ==, 2.5);
}

/* Read and written again, NumPy's own files are the same to the byte. */
static void
test_same_as_numpy (void)
{
  static const char *const names[] = {
    "c-order.npy", "scalar.npy", "vector.npy", "no-rows.npy", "one-by-one-by-one-by-two.npy",
  };
  g_autofree char *copy = scratch_path ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "arrays", names[i], NULL);
    g_autoptr (EklArray) array = ekl_npy_read (path, &error);
    g_autofree char *theirs = NULL, *ours = NULL;
    gsize their_length, our_length;

    g_assert_no_error (error);
    ekl_npy_write (copy, array->n_dimensions, array->shape, array->values, &error);
    g_assert_no_error (error);
    g_assert_true (g_file_get_contents (path, &theirs, &their_length, NULL));
    g_assert_true (g_file_get_contents (copy, &ours, &our_length, NULL));
    g_assert_cmpmem (ours, our_length, theirs, their_length);
  }
  g_unlink (copy);
}

static void
test_large (void)
{
  const gsize shape[] = { 130, 257 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = scratch_path ();
  g_autoptr (EklArray) array = ekl_array_new (2, shape);
  g_autoptr (EklArray) again = NULL;
  gsize n = ekl_array_get_n_values (array);

  for (gsize i = 0; i < n; i++)
    array->values[i] = sin (i);
  ekl_npy_write (path, 2, shape, array->values, &error);
  g_assert_no_error (error);
  again = ekl_npy_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (again->values, n * sizeof (double), array->values, n * sizeof (double));
  g_unlink (path);
}

static void
test_too_large (void)
{
  g_assert_null (ekl_array_new (2, (const gsize[]){ G_MAXSIZE / 2, 3 }));
  g_assert_null (ekl_array_new (1, (const gsize[]){ G_MAXSIZE / 8 }));
}

typedef struct {
  const char *name;
  const char *header;
  gsize n_bytes;       /* after the header */
  const char *message; /* NULL: readable */
} Header;

static const Header headers[] = {
  { "double-quotes", "{\"descr\":\"<f8\",\"shape\":(2,),\"fortran_order\":False}", 16, NULL },
  { "no-last-comma", "{'shape': (1, 2), 'descr': '=f8', 'fortran_order': True}\n", 16, NULL },
  { "python-2", "{'descr': u'|f4', 'fortran_order': False, 'shape': (2L, 1L), }", 8, NULL },
  { "empty", "", 0, "*not a dictionary*" },
  { "open", "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)", 16, "*is not closed*" },
  { "open-string", "{'descr: <f8", 0, "*not a dictionary*" },
  { "open-shape", "{'descr': '<f8', 'fortran_order': False, 'shape': (2", 16, "*not closed*" },
  { "missing-key", "{'descr': '<f8', 'shape': (2,), }", 16, "*is missing*" },
  { "unknown-key", "{'descr': '<f8', 'order': 'C'}", 0, "*an unknown key*" },
  { "trailing", "{'descr': '<f8', 'fortran_order': False, 'shape': (), } x", 8, "*text after*" },
  { "order", "{'descr': '<f8', 'fortran_order': 0, 'shape': (2,), }", 16, "*neither True nor*" },
  { "negative", "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 0,
    "*whole numbers*" },
  { "fraction", "{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,), }", 8, "*not closed*" },
  { "list", "{'descr': '<f8', 'fortran_order': False, 'shape': [2], }", 16, "*not a tuple*" },
  { "overflow", "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 0,
    "*larger than any memory*" },
  { "overflow-to-zero",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693952,), }", 0,
    "*larger than any memory*" },
  { "too-long-number",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999999,), }", 0,
    "*larger than any memory*" },
  { "too-few", "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 16,
    "scratch.npy: the header promises 24 bytes of values, but 16 follow;*" },
  { "too-many", "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 16,
    "*promises 8 bytes of values, but 16 follow;*" },
  { "complex", "{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", 16,
    "*type \"<c16\"*" },
  { "bad-utf8", "{'descr': '\xff\xfe', 'fortran_order': False, 'shape': (1,), }", 16, "*type*" },
};

static void
test_header (gconstpointer data)
{
  const Header *header = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = scratch_path ();
  g_autoptr (GString) text = g_string_new_len ("\x93NUMPY\x01\x00", 8);
  g_autoptr (EklArray) array = NULL;

  g_string_append_c (text, (char) strlen (header->header));
  g_string_append_c (text, 0);
  g_string_append (text, header->header);
  for (gsize i = 0; i < header->n_bytes; i++)
    g_string_append_c (text, 0);
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  array = ekl_npy_read (path, &error);
  g_unlink (path);
  if (header->message == NULL) {
    g_assert_no_error (error);
    g_assert_cmpuint (ekl_array_get_n_values (array), ==, 2);
    return;
  }
  g_assert_null (array);
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!g_pattern_match_simple (header->message, error->message))
    g_error ("\"%s\" is not \"%s\"", error->message, header->message);
}

/* However short a file is cut, it is refused. */
static void
test_truncated (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "data", "arrays", "version-2.npy", NULL);
  g_autofree char *cut = scratch_path ();
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (gsize n = 0; n < length; n++) {
    g_autoptr (GError) error = NULL;
    g_assert_true (g_file_set_contents (cut, text, n, NULL));
    g_assert_null (ekl_npy_read (cut, &error));
    g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT);
  }
  g_unlink (cut);
}

static void
assert_unreadable (const char *path, EklDataError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ekl_npy_read (path, &error));
  g_assert_error (error, EKL_DATA_ERROR, (int) code);
  if (!g_pattern_match_simple (message, error->message))
    g_error ("\"%s\" is not \"%s\"", error->message, message);
}

static void
test_bad_files (void)
{
  g_autofree char *integers =
    g_test_build_filename (G_TEST_DIST, "data", "arrays", "integers.npy", NULL);
  g_autofree char *records =
    g_test_build_filename (G_TEST_DIST, "data", "arrays", "records.npy", NULL);
  g_autofree char *five =
    g_test_build_filename (G_TEST_DIST, "data", "arrays", "five-dimensions.npy", NULL);
  g_autofree char *readme =
    g_test_build_filename (G_TEST_DIST, "data", "arrays", "README.md", NULL);

  assert_unreadable (integers, EKL_DATA_ERROR_FORMAT, "integers.npy: *\"<i8\"*array.astype(float)");
  assert_unreadable (records, EKL_DATA_ERROR_FORMAT, "records.npy: holds records,*");
  assert_unreadable (five, EKL_DATA_ERROR_FORMAT,
                     "five-dimensions.npy: has more than 4 dimensions");
  assert_unreadable (readme, EKL_DATA_ERROR_FORMAT, "README.md: not a .npy file*");
  assert_unreadable ("/no/such.npy", EKL_DATA_ERROR_READ, "such.npy: there is no such file");
  assert_unreadable (g_get_tmp_dir (), EKL_DATA_ERROR_READ, "*this is a folder*");
}

/* Nothing is left beside a file that could not be written. */
static void
test_unwritable (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("ekl-npy-XXXXXX", NULL);
  g_autofree char *taken = g_build_filename (folder, "taken.npy", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", "u.npy", NULL);
  g_autoptr (GDir) listing = NULL;
  const double value = 1;

  g_assert_false (ekl_npy_write (missing, 0, NULL, &value, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "missing/u.npy: cannot be written: "));
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  g_assert_false (ekl_npy_write (taken, 0, NULL, &value, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_WRITE);
  listing = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (listing), ==, "taken.npy");
  g_assert_null (g_dir_read_name (listing));
  g_rmdir (taken);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  scratch_folder = g_dir_make_tmp ("ekl-npy-XXXXXX", NULL);
  g_test_add_func ("/npy/forms", test_forms);
  g_test_add_func ("/npy/from-memory", test_from_memory);
  g_test_add_func ("/npy/shapes", test_shapes);
  g_test_add_func ("/npy/same-as-numpy", test_same_as_numpy);
  g_test_add_func ("/npy/large", test_large);
  g_test_add_func ("/npy/too-large", test_too_large);
  g_test_add_func ("/npy/truncated", test_truncated);
  g_test_add_func ("/npy/bad-files", test_bad_files);
  g_test_add_func ("/npy/unwritable", test_unwritable);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autofree char *path = g_strconcat ("/npy/header/", headers[i].name, NULL);
    g_test_add_data_func (path, &headers[i], test_header);
  }
  result = g_test_run ();
  g_rmdir (scratch_folder);
  g_free (scratch_folder);
  return result;
}
