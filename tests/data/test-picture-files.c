/* test-picture-files.c - which of a folder's files are pictures and labels, and how they are read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_source.h"
#include "idx_reader.h"
#include "picture-files.h"
#include "pictures.h"

#include <glib/gstdio.h>
#include <string.h>

static EklDataset *
load (const char *source, EklStandardize standardize, GError **error)
{
  const EklDataOptions options = { .train_fraction = 0.5, .standardize = standardize };
  g_autoptr (EklDataSource) data =
    ekl_data_source_load (source, NULL, NULL, NULL, NULL, NULL, error);

  return data != NULL ? ekl_data_source_make_dataset (data, &options, error) : NULL;
}

/* @n pictures, all 0, whose labels are 0, 1, 0, 1, ... */
static void
write_pair (const char *folder, const char *images, const char *labels, guint n, gboolean packed)
{
  const guint size[] = { n, 2, 2 };
  g_autofree guint8 *values = g_new0 (guint8, 4 * n);
  g_autoptr (GByteArray) images_idx = picture_files_make_idx (3, size, values);

  for (guint i = 0; i < n; i++)
    values[i] = i % 2;
  g_autoptr (GByteArray) labels_idx = picture_files_make_idx (1, size, values);
  picture_files_write (folder, images, images_idx, packed);
  picture_files_write (folder, labels, labels_idx, packed);
}

typedef struct {
  const char *name;
  const char *training[2], *validation[2]; /* pictures, labels */
  guint n_validation;
  const char *message; /* NULL: 7 to train on */
} Names;

static const Names names[] = {
  { "points",
    { "train-images.idx3-ubyte", "train-labels.idx1-ubyte" },
    { "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte" },
    4,
    NULL },
  { "prefix",
    { "emnist-letters-train-images-idx3-ubyte.gz", "emnist-letters-train-labels-idx1-ubyte.gz" },
    { "emnist-letters-test-images-idx3-ubyte.gz", "emnist-letters-test-labels-idx1-ubyte.gz" },
    4,
    NULL },
  { "case",
    { "Train_Images.IDX3", "Train_Labels.IDX1" },
    { "Test_Images.IDX3", "Test_Labels.IDX1" },
    4,
    NULL },
  { "headers", { "train-x", "train-y" }, { "validation-x", "validation-y" }, 9, NULL },
  { "counts", { "b.bin", "d.bin" }, { "a.bin", "c.bin" }, 4, NULL },
  { "same-counts",
    { "b.bin", "d.bin" },
    { "a.bin", "c.bin" },
    7,
    "*: this is a folder without a file *" },
  { "one-pair",
    { "train-images-idx3-ubyte", "train-labels-idx1-ubyte" },
    { NULL, NULL },
    0,
    "*: this is a folder without a file t10k-labels-idx1-ubyte*" },
  { "two-sets",
    { "a-train-images-idx3-ubyte", "a-train-labels-idx1-ubyte" },
    { "b-train-images-idx3-ubyte", "b-train-labels-idx1-ubyte" },
    4,
    "*: both a-train-labels-idx1-ubyte and b-train-labels-idx1-ubyte could be meant; *" },
};

/* Found by what the names say, and by the heads. */
static void
test_names (gconstpointer data)
{
  const Names *self = data;
  g_autofree char *folder = picture_files_folder ("named");
  g_autofree char *text = g_build_filename (folder, "train-labels-notes.txt", NULL);
  g_autofree char *below = g_build_filename (folder, "t10k-images-idx3-ubyte-old", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataset) dataset = NULL;
  const gboolean packed = g_str_has_suffix (self->training[0], ".gz");

  g_assert_true (g_file_set_contents (text, "made by hand", -1, NULL));
  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  write_pair (folder, self->training[0], self->training[1], 7, packed);
  if (self->validation[0] != NULL)
    write_pair (folder, self->validation[0], self->validation[1], self->n_validation, packed);
  dataset = load (folder, EKL_STANDARDIZE_NONE, &error);
  if (self->message == NULL) {
    g_assert_no_error (error);
    g_assert_cmpuint (ekl_dataset_get_training (dataset)->n_data, ==, 7);
    g_assert_cmpuint (ekl_dataset_get_validation (dataset)->n_data, ==, self->n_validation);
    return;
  }
  g_assert_null (dataset);
  g_assert_true (error->domain == EKL_DATA_ERROR);
  if (!g_pattern_match_simple (self->message, error->message))
    g_error ("\"%s\" is not \"%s\"", error->message, self->message);
}

/* As some programs leave a folder: the packed files, and beside them the unpacked ones. */
static void
test_both (void)
{
  g_autofree char *folder = picture_files_folder ("both");
  g_autofree char *path = g_build_filename (folder, "t10k-images-idx3-ubyte.gz", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataset) dataset = NULL;

  for (guint k = 0; k < 2; k++) {
    write_pair (folder, k == 0 ? "train-images-idx3-ubyte" : "train-images-idx3-ubyte.gz",
                k == 0 ? "train-labels-idx1-ubyte" : "train-labels-idx1-ubyte.gz", 7, k == 1);
    write_pair (folder, k == 0 ? "t10k-images-idx3-ubyte" : "t10k-images-idx3-ubyte.gz",
                k == 0 ? "t10k-labels-idx1-ubyte" : "t10k-labels-idx1-ubyte.gz", 4, k == 1);
  }
  /* of no account, as the file itself is there */
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
  dataset = load (folder, EKL_STANDARDIZE_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 11);
}

/* Fashion-MNIST in a folder of any name: its labels are known. */
static void
test_fashion_by_labels (gconstpointer data)
{
  static const guint8 start[] = { 9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 0, 9, 5, 5, 7, 9 };
  const gboolean is_fashion = GPOINTER_TO_INT (data);
  const guint n = 60000, size[] = { n, 1, 1 }, ten[] = { 10, 1, 1 };
  const EklDataOptions options = { 0 };
  g_autofree char *folder = picture_files_folder ("raw");
  g_autofree guint8 *values = g_new (guint8, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataSource) source = NULL;
  g_autoptr (EklDataset) dataset = NULL;

  for (guint i = 0; i < n; i++)
    values[i] = i % 10;
  if (is_fashion)
    memcpy (values, start, sizeof start);
  g_autoptr (GByteArray) training = picture_files_make_idx (3, size, values);
  g_autoptr (GByteArray) labels = picture_files_make_idx (1, size, values);
  g_autoptr (GByteArray) validation = picture_files_make_idx (3, ten, values + 20);
  g_autoptr (GByteArray) ten_labels = picture_files_make_idx (1, ten, values + 20);
  picture_files_write (folder, "train-images-idx3-ubyte", training, FALSE);
  picture_files_write (folder, "train-labels-idx1-ubyte", labels, FALSE);
  picture_files_write (folder, "t10k-images-idx3-ubyte", validation, FALSE);
  picture_files_write (folder, "t10k-labels-idx1-ubyte", ten_labels, FALSE);
  source = ekl_data_source_load (folder, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  dataset = ekl_data_source_make_dataset (source, &options, &error);
  g_assert_cmpstr (ekl_dataset_get_class_name (dataset, 0), ==, is_fashion ? "T-shirt/top" : "0");
}

typedef struct {
  double fraction;
  guint n_calls;
  double stop_at;
  GCancellable *cancellable;
} Progress;

static void
progress_cb (double fraction, gpointer user_data)
{
  Progress *self = user_data;

  g_assert_cmpfloat (fraction, >=, self->fraction);
  g_assert_cmpfloat (fraction, <=, 1 + 1e-9);
  self->fraction = fraction;
  self->n_calls++;
  if (fraction >= self->stop_at)
    g_cancellable_cancel (self->cancellable);
}

/* Four megabytes: told of in between, and stopped there. */
static void
test_progress (gconstpointer data)
{
  const gboolean is_stopped = GPOINTER_TO_INT (data);
  const guint n = 1000, size[] = { n, 64, 64 }, two[] = { 2, 64, 64 };
  g_autofree char *path = picture_files_folder ("slow");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autofree guint8 *values = g_new0 (guint8, n * 64 * 64);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EklPictures) pictures = NULL;
  Progress progress = { .stop_at = is_stopped ? 0.4 : 2, .cancellable = cancellable };

  values[1] = 1;
  g_autoptr (GByteArray) training = picture_files_make_idx (3, size, values);
  g_autoptr (GByteArray) labels = picture_files_make_idx (1, size, values);
  g_autoptr (GByteArray) validation = picture_files_make_idx (3, two, values);
  g_autoptr (GByteArray) two_labels = picture_files_make_idx (1, two, values);
  picture_files_write (path, "train-images-idx3-ubyte.gz", training, TRUE);
  picture_files_write (path, "train-labels-idx1-ubyte", labels, FALSE);
  picture_files_write (path, "t10k-images-idx3-ubyte", validation, FALSE);
  picture_files_write (path, "t10k-labels-idx1-ubyte", two_labels, FALSE);
  pictures = ekl_pictures_read_folder (folder, NULL, progress_cb, &progress, cancellable, &error);
  if (is_stopped) {
    g_assert_null (pictures);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpfloat (progress.fraction, <, 0.8);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (pictures->training.images->n_values, ==, n * 64 * 64);
  g_assert_cmpuint (progress.n_calls, >=, 7);
  g_assert_cmpfloat_with_epsilon (progress.fraction, 1, 1e-9);
}

/* A small file that unpacks to far more than its head says, or whose head wants what no machine has,
 * costs neither memory nor time. */
static void
test_bomb (void)
{
  const guint size[] = { 5, 2, 3 };
  const gsize n = 64 * 1024 * 1024;
  g_autofree guint8 *zeros = g_malloc0 (n);
  g_autofree char *folder = picture_files_folder ("bomb");
  g_autofree char *path = g_build_filename (folder, "images", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GByteArray) idx = picture_files_make_idx (3, size, zeros);
  g_autoptr (GError) error = NULL;

  g_byte_array_append (idx, zeros, n);
  picture_files_write (folder, "images", idx, TRUE);
  g_assert_null (ekl_idx_read (file, 3, NULL, NULL, NULL, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "more than the 30 values"));
  g_clear_error (&error);

  memcpy (idx->data + 4, "\x7f\xff\xff\xff\x00\x01\x00\x00\x00\x00\x10\x00", 12);
  picture_files_write (folder, "images", idx, TRUE);
  g_assert_null (ekl_idx_read (file, 3, NULL, NULL, NULL, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "too much for the memory"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
    g_autofree char *path = g_strconcat ("/picture-files/names/", names[k].name, NULL);

    g_test_add_data_func (path, &names[k], test_names);
  }
  g_test_add_func ("/picture-files/both", test_both);
  g_test_add_data_func ("/picture-files/fashion-by-labels", GINT_TO_POINTER (TRUE),
                        test_fashion_by_labels);
  g_test_add_data_func ("/picture-files/other-labels", GINT_TO_POINTER (FALSE),
                        test_fashion_by_labels);
  g_test_add_data_func ("/picture-files/progress", GINT_TO_POINTER (FALSE), test_progress);
  g_test_add_data_func ("/picture-files/stopped", GINT_TO_POINTER (TRUE), test_progress);
  g_test_add_func ("/picture-files/bomb", test_bomb);

  return g_test_run ();
}
