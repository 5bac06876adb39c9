/* inspect_arrays.c - the command inspect, for what is no text: folders of pictures and .npy files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "inspect_arrays.h"

#include "npy.h"
#include "number.h"
#include "pictures.h"

#include <math.h>

static void
count_labels (
  const EklPictureSet *set, guint8 label, GKeyFile *keys, const char *group, const char *key)
{
  guint n = 0;

  for (gsize i = 0; i < set->labels->n_values; i++)
    n += set->labels->values[i] == label;
  g_key_file_set_uint64 (keys, group, key, n);
}

static void
set_pictures (GKeyFile *keys, const EklPictures *pictures)
{
  const EklIdx *images = pictures->training.images, *more = pictures->validation.images;

  g_key_file_set_string (keys, "file", "format", "idx");
  g_key_file_set_uint64 (keys, "file", "rows", (guint64) images->size[0] + more->size[0]);
  g_key_file_set_uint64 (keys, "file", "columns", (guint64) images->size[1] * images->size[2]);
  g_key_file_set_uint64 (keys, "pictures", "training", images->size[0]);
  g_key_file_set_uint64 (keys, "pictures", "test", more->size[0]);
  g_key_file_set_uint64 (keys, "pictures", "height", images->size[1]);
  g_key_file_set_uint64 (keys, "pictures", "width", images->size[2]);
  g_key_file_set_uint64 (keys, "pictures", "classes", pictures->n_classes);
  for (guint k = 0; k < pictures->n_classes; k++) {
    g_autofree char *group = g_strdup_printf ("class %u", k + 1);
    g_autofree char *label = g_strdup_printf ("%u", pictures->label[k]);

    g_key_file_set_string (keys, group, "name",
                           pictures->class_names != NULL ? pictures->class_names[k] : label);
    count_labels (&pictures->training, pictures->label[k], keys, group, "training");
    count_labels (&pictures->validation, pictures->label[k], keys, group, "test");
  }
}

/**
 * ekl_inspect_pictures:
 * @folder: a folder of IDX files
 * @name: (nullable): what the pictures are called
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): how many pictures there are, of what size, and how many of each
 *   class
 */
GKeyFile *
ekl_inspect_pictures (GFile *folder, const char *name, GError **error)
{
  g_autoptr (EklPictures) pictures =
    ekl_pictures_read_folder (folder, name, NULL, NULL, NULL, error);
  GKeyFile *keys;

  if (pictures == NULL)
    return NULL;
  keys = g_key_file_new ();
  set_pictures (keys, pictures);
  return keys;
}

static void
set_number (GKeyFile *keys, const char *key, double value)
{
  g_autofree char *text = isfinite (value) ? ekl_number_to_text (value) : g_strdup ("");

  g_key_file_set_string (keys, "array", key, text);
}

/* Of the finite values; how many are not is said, too. */
static void
set_range (GKeyFile *keys, const EklArray *array)
{
  gsize n = ekl_array_get_n_values (array), n_finite = 0;
  double low = INFINITY, high = -INFINITY;
  long double sum = 0;

  for (gsize i = 0; i < n; i++) {
    if (!isfinite (array->values[i]))
      continue;
    low = MIN (low, array->values[i]);
    high = MAX (high, array->values[i]);
    sum += array->values[i];
    n_finite++;
  }
  g_key_file_set_uint64 (keys, "array", "bad", n - n_finite);
  set_number (keys, "min", low);
  set_number (keys, "max", high);
  set_number (keys, "mean", n_finite > 0 ? (double) (sum / n_finite) : NAN);
}

/**
 * ekl_inspect_array:
 * @path: a .npy file
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the array's shape and range
 */
GKeyFile *
ekl_inspect_array (const char *path, GError **error)
{
  g_autoptr (EklArray) array = ekl_npy_read (path, error);
  g_autoptr (GString) shape = g_string_new (NULL);
  GKeyFile *keys;

  if (array == NULL)
    return NULL;
  keys = g_key_file_new ();
  for (guint d = 0; d < array->n_dimensions; d++)
    g_string_append_printf (shape, "%s%" G_GSIZE_FORMAT, d > 0 ? ";" : "", array->shape[d]);
  g_key_file_set_string (keys, "file", "format", "npy");
  g_key_file_set_string (keys, "array", "shape", shape->str);
  set_range (keys, array);
  return keys;
}
