/* picture_folder.c - a folder of IDX files to pictures with labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pictures.h"

#include <string.h>

/* As many inputs as a table may have columns. */
#define MAX_PIXELS 100000

static const char *const fashion_names[] = {
  "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
  "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot",
};

/* The name as it was published, and as some programs unpack it. */
static GFile *
find_file (GFile *folder, const char *stem, guint n_dimensions)
{
  static const char *const joints[] = { "-", "." };
  static const char *const endings[] = { "", ".gz" };

  for (guint k = 0; k < 4; k++) {
    g_autofree char *name =
      g_strdup_printf ("%s%sidx%u-ubyte%s", stem, joints[k / 2], n_dimensions, endings[k % 2]);
    g_autoptr (GFile) file = g_file_get_child (folder, name);

    if (g_file_query_exists (file, NULL))
      return g_steal_pointer (&file);
  }
  return NULL;
}

static EklIdx *
read_file (const EklPictures *self,
           GFile *folder,
           const char *stem,
           guint n_dimensions,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GFile) file = find_file (folder, stem, n_dimensions);

  if (file != NULL)
    return ekl_idx_read (file, n_dimensions, cancellable, error);
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
               "%s: this is a folder without a file %s-idx%u-ubyte, packed (.gz) or not; choose a "
               "CSV file in it, or a folder with all of train-images-idx3-ubyte, "
               "train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte",
               self->name, stem, n_dimensions);
  return NULL;
}

static gboolean
check_set (const EklPictures *self, const EklPictureSet *set, const char *stem, GError **error)
{
  const guint *size = set->images->size;

  if (set->labels->size[0] != size[0]) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: there are %u pictures in %s-images but %u labels in %s-labels; the files do "
                 "not belong together",
                 self->name, size[0], stem, set->labels->size[0], stem);
    return FALSE;
  }
  if ((guint64) size[1] * size[2] > MAX_PIXELS) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: pictures of %u x %u are too large; at most %d pixels can be inputs",
                 self->name, size[1], size[2], MAX_PIXELS);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_set (EklPictures *self,
          EklPictureSet *set,
          GFile *folder,
          const char *stem,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *images = g_strconcat (stem, "-images", NULL);
  g_autofree char *labels = g_strconcat (stem, "-labels", NULL);

  set->labels = read_file (self, folder, labels, 1, cancellable, error);
  if (set->labels == NULL)
    return FALSE;
  set->images = read_file (self, folder, images, 3, cancellable, error);
  return set->images != NULL && check_set (self, set, stem, error);
}

static gboolean
check_sizes (const EklPictures *self, GError **error)
{
  const guint *training = self->training.images->size, *validation = self->validation.images->size;

  if (training[1] == validation[1] && training[2] == validation[2])
    return TRUE;
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
               "%s: the pictures in train-images are %u x %u, those in t10k-images %u x %u; the "
               "files do not belong together",
               self->name, training[1], training[2], validation[1], validation[2]);
  return FALSE;
}

static gboolean
find_classes (EklPictures *self, GError **error)
{
  gboolean is_used[G_MAXUINT8 + 1] = { FALSE };
  const EklIdx *training = self->training.labels, *validation = self->validation.labels;
  guint n = 0;

  for (gsize i = 0; i < training->n_values; i++)
    is_used[training->values[i]] = TRUE;
  for (guint k = 0; k <= G_MAXUINT8; k++)
    n += is_used[k];
  if (n < 2 || n > EKL_MAX_CLASSES) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: train-labels has %u different labels; from 2 to %d can be learned",
                 self->name, n, EKL_MAX_CLASSES);
    return FALSE;
  }
  for (guint k = 0; k <= G_MAXUINT8; k++)
    if (is_used[k])
      self->label[self->n_classes++] = (guint8) k;

  for (gsize i = 0; i < validation->n_values; i++)
    if (!is_used[validation->values[i]]) {
      g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                   "%s: picture %" G_GSIZE_FORMAT
                   " of t10k-labels has the label %u, which no training picture has",
                   self->name, i + 1, validation->values[i]);
      return FALSE;
    }
  return TRUE;
}

/* The files hold numbers only; what they mean is known where it is this data set. */
static void
name_classes (EklPictures *self, GFile *folder)
{
  g_autofree char *base = g_file_get_basename (folder);
  const guint n = G_N_ELEMENTS (fashion_names);

  if (base != NULL && strstr (base, "fashion-mnist") != NULL && self->n_classes == n &&
      self->label[n - 1] == n - 1)
    self->class_names = fashion_names;
}

/**
 * ekl_pictures_read_folder:
 * @folder: a folder
 * @name: (nullable): what to call the data; %NULL: as the folder
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for %EKL_DATA_ERROR, with a sentence that names the file or folder
 *
 * Reads the four files of MNIST and of what was made after it: train-images-idx3-ubyte,
 * train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, with .gz or without,
 * with the first hyphen before idx or a point. May block: call it from a thread.
 *
 * Returns: (transfer full) (nullable): the pictures, or %NULL
 */
EklPictures *
ekl_pictures_read_folder (GFile *folder,
                          const char *name,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (EklPictures) self = g_new0 (EklPictures, 1);
  g_autofree char *base = g_file_get_basename (folder);

  self->name = name != NULL   ? g_strdup (name)
               : base != NULL ? g_filename_display_name (base)
                              : g_file_get_parse_name (folder);
  if (!read_set (self, &self->training, folder, "train", cancellable, error) ||
      !read_set (self, &self->validation, folder, "t10k", cancellable, error) ||
      !check_sizes (self, error) || !find_classes (self, error))
    return NULL;

  name_classes (self, folder);
  return g_steal_pointer (&self);
}

/**
 * ekl_pictures_free:
 * @self: (nullable): pictures
 */
void
ekl_pictures_free (EklPictures *self)
{
  if (self == NULL)
    return;
  ekl_idx_free (self->training.images);
  ekl_idx_free (self->training.labels);
  ekl_idx_free (self->validation.images);
  ekl_idx_free (self->validation.labels);
  g_free (self->name);
  g_free (self);
}
