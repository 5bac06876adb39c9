/* picture_folder.c - a folder of IDX files to pictures with labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pictures.h"

#include "one_line.h"
#include "picture_files.h"

#include <string.h>

/* As many inputs as a table may have columns. */
#define MAX_PIXELS 100000

static const char *const fashion_names[] = {
  "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
  "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot",
};

/* Fashion-MNIST's own labels begin so, in the file that all copies of it are made of. */
#define FASHION_N_TRAINING 60000
static const guint8 fashion_start[] = { 9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 0, 9, 5, 5, 7, 9 };

/* A share of the whole, which is what is to be read of all files. */
typedef struct {
  EklProgressFunc progress;
  gpointer user_data;
  double start, share;
} Progress;

static void
progress_cb (double fraction, gpointer user_data)
{
  const Progress *self = user_data;

  self->progress (self->start + fraction * self->share, self->user_data);
}

static EklIdx *
read_file (GFile *file,
           const EklIdx *head,
           Progress *progress,
           double n_bytes,
           GCancellable *cancellable,
           GError **error)
{
  EklIdx *idx;

  progress->share = head->n_values / n_bytes;
  idx = ekl_idx_read (file, head->n_dimensions, progress->progress != NULL ? progress_cb : NULL,
                      progress, cancellable, error);
  progress->start += progress->share;
  return idx;
}

/* @images and @labels: sizes, with or without values. */
static gboolean
check_pair (const EklPictures *self,
            const EklPicturePair *pair,
            const EklIdx *images,
            const EklIdx *labels,
            GError **error)
{
  const guint *size = images->size;
  g_autofree char *images_name = g_file_get_basename (pair->images_file);
  g_autofree char *labels_name = g_file_get_basename (pair->labels_file);

  if (labels->size[0] != size[0]) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: there are %u pictures in %s but %u labels in %s; the files do not belong "
                 "together",
                 self->name, size[0], images_name, labels->size[0], labels_name);
    return ekl_one_line_error (error);
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
check_sizes (const EklPictures *self,
             const EklIdx *training,
             const EklIdx *validation,
             GError **error)
{
  if (training->size[1] == validation->size[1] && training->size[2] == validation->size[2])
    return TRUE;
  g_set_error (
    error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
    "%s: the pictures to train on are %u x %u, those that validate %u x %u; the files do "
    "not belong together",
    self->name, training->size[1], training->size[2], validation->size[1], validation->size[2]);
  return FALSE;
}

/* By their heads, before anything large is read. */
static gboolean
check_heads (const EklPictures *self, const EklPictureFiles *files, GError **error)
{
  for (EklPictureSetKind set = 0; set < EKL_PICTURES_N_SETS; set++) {
    const EklPicturePair *pair = &files->pair[set];

    if (!check_pair (self, pair, &pair->images, &pair->labels, error))
      return FALSE;
  }
  return check_sizes (self, &files->pair[EKL_PICTURES_TRAINING].images,
                      &files->pair[EKL_PICTURES_VALIDATION].images, error);
}

static double
count_bytes (const EklPictureFiles *files)
{
  double n = 0;

  for (EklPictureSetKind set = 0; set < EKL_PICTURES_N_SETS; set++)
    n += (double) files->pair[set].images.n_values + files->pair[set].labels.n_values;
  return n;
}

/* Files may change between their heads and the rest. */
static gboolean
read_sets (EklPictures *self,
           const EklPictureFiles *files,
           Progress *progress,
           GCancellable *cancellable,
           GError **error)
{
  EklPictureSet *sets[] = { &self->training, &self->validation };
  const double n = count_bytes (files);

  for (EklPictureSetKind k = 0; k < EKL_PICTURES_N_SETS; k++) {
    const EklPicturePair *pair = &files->pair[k];

    sets[k]->labels = read_file (pair->labels_file, &pair->labels, progress, n, cancellable, error);
    if (sets[k]->labels == NULL)
      return FALSE;
    sets[k]->images = read_file (pair->images_file, &pair->images, progress, n, cancellable, error);
    if (sets[k]->images == NULL ||
        !check_pair (self, pair, sets[k]->images, sets[k]->labels, error))
      return FALSE;
  }
  return check_sizes (self, self->training.images, self->validation.images, error);
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
                 "%s: the training pictures have %u different labels; from 2 to %d can be learned",
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
                   " of those that validate has the label %u, which no training picture has",
                   self->name, i + 1, validation->values[i]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_fashion (const EklPictures *self, GFile *folder)
{
  g_autofree char *base = g_file_get_basename (folder);
  const EklIdx *labels = self->training.labels;

  if (base != NULL && strstr (base, "fashion-mnist") != NULL)
    return TRUE;
  return labels->n_values == FASHION_N_TRAINING &&
         memcmp (labels->values, fashion_start, sizeof fashion_start) == 0;
}

/* The files hold numbers only; what they mean is known where it is this data set. */
static void
name_classes (EklPictures *self, GFile *folder)
{
  const guint n = G_N_ELEMENTS (fashion_names);

  if (self->n_classes == n && self->label[n - 1] == n - 1 && is_fashion (self, folder))
    self->class_names = fashion_names;
}

/**
 * ekl_pictures_read_folder:
 * @folder: a folder
 * @name: (nullable): what to call the data; %NULL: as the folder
 * @progress: (nullable): told how far it is, in this thread
 * @user_data: for @progress
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for %EKL_DATA_ERROR, with a sentence that names the file or folder
 *
 * Reads pictures with labels, to train on and to validate, from four IDX files, packed by gzip or not:
 * those of MNIST and of what was made after it, and others that ekl_picture_files_find() can tell
 * apart. May block: call it from a thread.
 *
 * Returns: (transfer full) (nullable): the pictures, or %NULL
 */
EklPictures *
ekl_pictures_read_folder (GFile *folder,
                          const char *name,
                          EklProgressFunc progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (EklPictures) self = g_new0 (EklPictures, 1);
  g_autofree char *base = g_file_get_basename (folder);
  Progress whole = { .progress = progress, .user_data = user_data };
  g_auto (EklPictureFiles) files = { 0 };

  self->name = name != NULL   ? g_strdup (name)
               : base != NULL ? g_filename_display_name (base)
                              : g_file_get_parse_name (folder);
  if (!ekl_picture_files_find (&files, folder, self->name, cancellable, error) ||
      !check_heads (self, &files, error) || !read_sets (self, &files, &whole, cancellable, error) ||
      !find_classes (self, error))
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
