/* cases.c - the reference answers in tests/cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/cases.h"

#include <string.h>

G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);

void
test_array_free (TestArray *self)
{
  g_free (self->v);
  g_free (self);
}

/* "'shape': (11, 12, 25), }" */
static void
parse_shape (TestArray *self, const char *header)
{
  const char *at = strstr (header, "'shape': (");

  g_assert_nonnull (at);
  at += strlen ("'shape': (");
  self->length = 1;
  while (*at != ')') {
    char *end;

    g_assert_cmpuint (self->n_dims, <, G_N_ELEMENTS (self->shape));
    self->shape[self->n_dims] = g_ascii_strtoull (at, &end, 10);
    g_assert_true (end > at);
    self->length *= self->shape[self->n_dims++];
    at = end + strspn (end, ", ");
  }
}

/* Only what generate.py writes: version 1.0, '<f8', C order. */
static TestArray *
read_npy (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autofree char *header = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes, header_length;
  TestArray *self = g_new0 (TestArray, 1);

  g_file_get_contents (path, &bytes, &n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bytes, >, 10);
  g_assert_cmpmem (bytes, 8, "\x93NUMPY\x01\x00", 8);
  header_length = (guint8) bytes[8] | (gsize) (guint8) bytes[9] << 8;
  g_assert_cmpuint (n_bytes, >=, 10 + header_length);
  header = g_strndup (bytes + 10, header_length);
  g_assert_nonnull (strstr (header, "'descr': '<f8'"));
  g_assert_nonnull (strstr (header, "'fortran_order': False"));
  parse_shape (self, header);
  g_assert_cmpuint (n_bytes - 10 - header_length, ==, self->length * sizeof (double));
  self->v = g_memdup2 (bytes + 10 + header_length, self->length * sizeof (double));
  return self;
}

TestArray *
test_case_read (const TestCase *self, const char *array)
{
  g_autofree char *name = g_strconcat (array, ".npy", NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return read_npy (path);
}

double
test_case_get_double (const TestCase *self, const char *key)
{
  g_autoptr (GError) error = NULL;
  double value = g_key_file_get_double (self->ini, "case", key, &error);

  g_assert_no_error (error);
  return value;
}

/* (N, features) of the file to features x data */
static real *
read_transposed (const TestCase *self, const char *array, guint *n_features, guint *n_data)
{
  g_autoptr (TestArray) a = test_case_read (self, array);
  real *out = g_new (real, a->length);

  g_assert_cmpuint (a->n_dims, ==, 2);
  *n_data = a->shape[0];
  *n_features = a->shape[1];
  for (gsize i = 0; i < a->shape[0]; i++)
    for (gsize f = 0; f < a->shape[1]; f++)
      out[f * a->shape[0] + i] = (real) a->v[i * a->shape[1] + f];
  return out;
}

static gint
look_up (const TestCase *self, const char *key, const char *const *names)
{
  g_autofree char *value = g_key_file_get_string (self->ini, "case", key, NULL);

  g_assert_nonnull (value);
  for (gint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], value))
      return i;
  g_assert_not_reached ();
}

static void
read_network (TestCase *self)
{
  static const char *const activations[] = { "tanh", "relu", "sigmoid", "identity", "step", NULL };
  static const char *const outputs[] = { "identity", "softmax", NULL };
  g_autoptr (GError) error = NULL;
  gsize n_width;
  g_autofree gint *layers =
    g_key_file_get_integer_list (self->ini, "case", "layers", &n_width, &error);
  g_autofree guint *width = g_new (guint, n_width);

  g_assert_no_error (error);
  for (gsize l = 0; l < n_width; l++)
    width[l] = layers[l];
  ekl_network_init (&self->network, width, n_width, look_up (self, "activation", activations),
                    look_up (self, "output", outputs), &error);
  g_assert_no_error (error);
}

/* Only the arrays and the settings, for a case without a network. */
TestCase *
test_case_open_bare (const char *name)
{
  g_autofree char *ini_path = NULL;
  g_autoptr (GError) error = NULL;
  TestCase *self = g_new0 (TestCase, 1);

  self->folder = g_test_build_filename (G_TEST_DIST, "cases", name, NULL);
  self->ini = g_key_file_new ();
  ini_path = g_build_filename (self->folder, "case.ini", NULL);
  g_key_file_load_from_file (self->ini, ini_path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return self;
}

TestCase *
test_case_open (const char *name)
{
  g_autofree char *y_path = NULL;
  TestCase *self = test_case_open_bare (name);

  read_network (self);
  self->x = read_transposed (self, "X", &self->batch.n_inputs, &self->batch.n_data);
  self->batch.x = self->x;
  self->batch.n_outputs = ekl_network_n_outputs (&self->network);
  y_path = g_build_filename (self->folder, "Y.npy", NULL);
  if (g_file_test (y_path, G_FILE_TEST_EXISTS))
    self->y = read_transposed (self, "Y", &self->batch.n_outputs, &self->batch.n_data);
  self->batch.y = self->y;
  return self;
}

void
test_case_free (TestCase *self)
{
  g_key_file_free (self->ini);
  g_free (self->folder);
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}
