/* test-pictures.c - IDX files and folders of them, read, refused and made into datasets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_source.h"
#include "idx_reader.h"
#include "picture-files.h"
#include "pictures.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_DAMAGED 3000

static EklDataset *
load (const char *source, EklStandardize standardize, GError **error)
{
  const EklDataOptions options = { .train_fraction = 0.5, .standardize = standardize };
  g_autoptr (EklDataSource) data =
    ekl_data_source_load (source, NULL, NULL, NULL, NULL, NULL, error);

  return data != NULL ? ekl_data_source_make_dataset (data, &options, error) : NULL;
}

/* Five to train on, two that validate; the train fraction has nothing to say. */
static void
check_dataset (EklDataset *dataset)
{
  const EklBatch *training = ekl_dataset_get_training (dataset);
  const EklBatch *validation = ekl_dataset_get_validation (dataset);
  guint width, height;

  g_assert_cmpint (ekl_dataset_get_task (dataset), ==, EKL_TASK_CLASSIFICATION);
  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 7);
  g_assert_cmpuint (ekl_dataset_get_n_inputs (dataset), ==, 6);
  g_assert_cmpuint (ekl_dataset_get_n_outputs (dataset), ==, 2);
  g_assert_true (ekl_dataset_get_picture_size (dataset, &width, &height));
  g_assert_cmpuint (width * height, ==, 6);
  g_assert_cmpuint (training->n_data, ==, 5);
  g_assert_cmpuint (validation->n_data, ==, 2);
  for (guint i = 0; i < 5; i++) {
    g_assert_cmpfloat (training->y[i], ==, i % 2 == 0);
    g_assert_cmpfloat (training->y[5 + i], ==, i % 2 == 1);
  }
  g_assert_cmpfloat (validation->y[2 + 1], ==, 1);
}

static void
test_folder (gconstpointer data)
{
  const gboolean packed = GPOINTER_TO_INT (data);
  g_autofree char *folder = picture_files_folder ("clothes");
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataset) dataset = NULL;

  picture_files_make_set (folder, "train", 5, packed);
  picture_files_make_set (folder, "t10k", 2, packed);
  dataset = load (folder, EKL_STANDARDIZE_NONE, &error);
  g_assert_no_error (error);
  check_dataset (dataset);
  g_assert_cmpstr (ekl_dataset_get_name (dataset), ==, "clothes");
  g_assert_cmpstr (ekl_dataset_get_class_name (dataset, 1), ==, "5");
  g_assert_cmpstr (ekl_dataset_get_input_units (dataset)[4].name, ==, "pixel 2,2");

  const EklBatch *training = ekl_dataset_get_training (dataset);
  for (guint i = 0; i < 5; i++)
    for (guint f = 0; f < 6; f++)
      g_assert_cmpfloat_with_epsilon (training->x[5 * f + i], (f == 5 ? 7 : 10.0 * i + f) / 255,
                                      1e-7);
}

/* Five pixels with the values f, 10 + f, ..., 40 + f, and one that never changes. */
static void
test_standardized (void)
{
  g_autofree char *folder = picture_files_folder ("clothes");
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataset) dataset = NULL;

  picture_files_make_set (folder, "train", 5, TRUE);
  picture_files_make_set (folder, "t10k", 2, TRUE);
  dataset = load (folder, EKL_STANDARDIZE_ALL, &error);
  g_assert_no_error (error);
  check_dataset (dataset);

  const EklBatch *training = ekl_dataset_get_training (dataset);
  const EklUnit *units = ekl_dataset_get_input_units (dataset);
  for (guint f = 0; f < 6; f++) {
    g_assert_cmpfloat (units[f].scale, ==, 1);
    g_assert_cmpfloat_with_epsilon (units[f].mean, (f == 5 ? 7 : 20.0 + f) / 255, 1e-12);
    for (guint i = 0; i < 5; i++)
      g_assert_cmpfloat_with_epsilon (training->x[5 * f + i], f == 5 ? 0 : (10.0 * i - 20) / 255,
                                      1e-6);
  }
  /* in the training pictures' units */
  g_assert_cmpfloat_with_epsilon (ekl_dataset_get_validation (dataset)->x[0], -20.0 / 255, 1e-6);
}

/* More pictures and pixels than a tile has, so that its edges are seen. */
static void
test_tiles (void)
{
  const guint size[] = { 131, 9, 15 };
  g_autofree char *folder = picture_files_folder ("many");
  g_autofree guint8 *pixels = g_new (guint8, 131 * 135);
  guint8 labels[131];
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataset) dataset = NULL;

  for (guint i = 0; i < 131 * 135; i++)
    pixels[i] = (guint8) (i * 7 + i / 135);
  for (guint i = 0; i < 131; i++)
    labels[i] = (guint8) (i % 3);
  g_autoptr (GByteArray) images_idx = picture_files_make_idx (3, size, pixels);
  g_autoptr (GByteArray) labels_idx = picture_files_make_idx (1, size, labels);
  picture_files_write (folder, "train-images-idx3-ubyte", images_idx, FALSE);
  picture_files_write (folder, "train-labels-idx1-ubyte", labels_idx, FALSE);
  picture_files_write (folder, "t10k-images-idx3-ubyte.gz", images_idx, TRUE);
  picture_files_write (folder, "t10k-labels.idx1-ubyte.gz", labels_idx, TRUE);
  dataset = load (folder, EKL_STANDARDIZE_NONE, &error);
  g_assert_no_error (error);

  const EklBatch *batch = ekl_dataset_get_validation (dataset);
  for (guint i = 0; i < 131; i++)
    for (guint f = 0; f < 135; f++)
      g_assert_cmpfloat_with_epsilon (batch->x[131 * f + i], pixels[135 * i + f] / 255.0, 1e-7);
}

/* Some of the training pictures, each class with its share, and all of the test set. */
static void
test_sample (void)
{
  const guint size[] = { 120, 2, 2 };
  g_autofree char *folder = picture_files_folder ("sample");
  g_autofree guint8 *pixels = g_new (guint8, 120 * 4);
  guint8 labels[120];
  EklDataOptions options = { .sample = 40, .standardize = EKL_STANDARDIZE_INPUTS };
  g_autoptr (GError) error = NULL;
  guint count[3] = { 0 };
  double mean = 0;

  /* a picture says which it is */
  for (guint i = 0; i < 120; i++) {
    for (guint f = 0; f < 4; f++)
      pixels[4 * i + f] = (guint8) (f == 0 ? i : 7 * f);
    labels[i] = (guint8) (i % 6 == 0 ? 9 : i % 2);
  }
  g_autoptr (GByteArray) images_idx = picture_files_make_idx (3, size, pixels);
  g_autoptr (GByteArray) labels_idx = picture_files_make_idx (1, size, labels);
  picture_files_write (folder, "train-images-idx3-ubyte", images_idx, FALSE);
  picture_files_write (folder, "train-labels-idx1-ubyte", labels_idx, FALSE);
  picture_files_write (folder, "t10k-images-idx3-ubyte", images_idx, FALSE);
  picture_files_write (folder, "t10k-labels-idx1-ubyte", labels_idx, FALSE);
  g_autoptr (EklDataSource) data =
    ekl_data_source_load (folder, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (EklDataset) dataset = ekl_data_source_make_dataset (data, &options, &error);
  g_assert_no_error (error);

  const EklBatch *batch = ekl_dataset_get_training (dataset);
  const EklUnit *units = ekl_dataset_get_input_units (dataset);
  g_autofree char *text = ekl_dataset_summary_format (ekl_dataset_get_summary (dataset));
  g_assert_cmpuint (batch->n_data, ==, 40);
  for (guint i = 0; i < 40; i++) {
    const guint picture = (guint) rint (255 * (batch->x[i] + units[0].mean));
    const guint class = picture % 6 == 0 ? 2 : picture % 2;

    mean += picture / 255.0 / 40;
    count[class]++;
    g_assert_cmpfloat (batch->y[40 * class + i], ==, 1);
    for (guint f = 1; f < 4; f++)
      g_assert_cmpfloat (batch->x[40 * f + i], ==, 0);
  }
  g_assert_cmpfloat_with_epsilon (units[0].mean, mean, 1e-12);
  g_assert_cmpuint (count[2], >=, 6);
  g_assert_cmpuint (count[2], <=, 7);
  g_assert_cmpuint (count[1], ==, 20);
  g_assert_cmpuint (ekl_dataset_get_validation (dataset)->n_data, ==, 120);
  g_assert_cmpstr (text, ==,
                   "40 training pictures, 120 validation, 2×2 pixels, 3 classes, 80 "
                   "pictures not used");
}

/* A file is read again only where that would say something else. */
static void
test_read_as (void)
{
  const EklCsvFormat comma = { .delimiter = ',' }, semicolon = { .delimiter = ';' },
                     automatic = { 0 };
  g_autofree char *folder = picture_files_folder ("tables");
  g_autofree char *path = g_build_filename (folder, "f.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "a,b\n1.5,2.5\n3.5,4.5\n", -1, NULL));
  g_autoptr (EklDataSource) found =
    ekl_data_source_load (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_autoptr (EklDataSource) told =
    ekl_data_source_load (path, NULL, &comma, NULL, NULL, NULL, &error);
  g_autoptr (EklDataSource) example =
    ekl_data_source_load ("example:boston", NULL, NULL, NULL, NULL, NULL, &error);
  g_autoptr (EklDataSource) taken =
    ekl_data_source_new_for_table (ekl_data_source_get_table (found));

  g_assert_no_error (error);
  g_assert_true (ekl_data_source_is_read_as (found, &automatic));
  g_assert_true (ekl_data_source_is_read_as (found, &comma));
  g_assert_false (ekl_data_source_is_read_as (found, &semicolon));
  g_assert_true (ekl_data_source_is_read_as (told, &comma));
  g_assert_false (ekl_data_source_is_read_as (told, &automatic));
  g_assert_true (ekl_data_source_is_read_as (example, &semicolon));
  g_assert_false (ekl_data_source_is_read_as (taken, &semicolon));
}

static void
test_options (void)
{
  g_autofree char *folder = picture_files_folder ("clothes");
  const EklDataOptions wrong[] = { { .task = EKL_TASK_REGRESSION },
                                   { .target = "1" },
                                   { .ignore = "pixel 1,1" },
                                   { .types = "1:number" } };
  g_autoptr (EklDataSource) data = NULL;

  picture_files_make_set (folder, "train", 5, TRUE);
  picture_files_make_set (folder, "t10k", 2, TRUE);
  data = ekl_data_source_load (folder, NULL, NULL, NULL, NULL, NULL, NULL);
  g_assert_null (ekl_data_source_get_table (data));
  for (guint k = 0; k < G_N_ELEMENTS (wrong); k++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (ekl_data_source_make_dataset (data, &wrong[k], &error));
    g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN);
    g_assert_true (g_str_has_prefix (error->message, "clothes: "));
  }
}

static void
test_table (void)
{
  const EklExample *example = NULL;
  const EklDataOptions options = { .train_fraction = 0.8 };
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataSource) data =
    ekl_data_source_load ("example:boston", &example, NULL, NULL, NULL, NULL, &error);
  g_autoptr (EklDataSource) same = ekl_data_source_ref (data);
  g_autoptr (EklDataset) dataset = ekl_data_source_make_dataset (same, &options, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (example->name, ==, "boston");
  g_assert_cmpuint (ekl_table_get_n_columns (ekl_data_source_get_table (data)), ==, 14);
  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 506);
}

/* The names of the classes are known, where the files are those of the package. */
static void
test_example (void)
{
  const guint size[] = { 10, 1, 1 };
  const guint8 values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
  const EklExample *example = NULL;
  const EklDataOptions options = { 0 };
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EklDataSource) data = NULL;
  g_autoptr (EklDataset) dataset = NULL;
  g_autoptr (GByteArray) images_idx = picture_files_make_idx (3, size, values);
  g_autoptr (GByteArray) labels_idx = picture_files_make_idx (1, size, values);

  g_assert_null (
    ekl_data_source_load ("example:fashion", &example, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "dataset-fashion-mnist"));
  g_assert_null (example);
  g_clear_error (&error);

  folder = picture_files_folder ("datasets/fashion-mnist");
  picture_files_write (folder, "train-images-idx3-ubyte.gz", images_idx, TRUE);
  picture_files_write (folder, "train-labels-idx1-ubyte.gz", labels_idx, TRUE);
  picture_files_write (folder, "t10k-images-idx3-ubyte.gz", images_idx, TRUE);
  picture_files_write (folder, "t10k-labels-idx1-ubyte.gz", labels_idx, TRUE);
  data = ekl_data_source_load ("example:fashion", &example, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (example->title, ==, "Fashion-MNIST");
  dataset = ekl_data_source_make_dataset (data, &options, &error);
  g_assert_cmpstr (ekl_dataset_get_name (dataset), ==, "Fashion-MNIST");
  g_assert_cmpstr (ekl_dataset_get_class_name (dataset, 9), ==, "Ankle boot");
}

/* A whole folder, and then one file that is not as it should be. */
static void
expect_refusal (const char *name, GByteArray *idx, EklDataError code, const char *pattern)
{
  g_autofree char *folder = picture_files_folder ("clothes");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  picture_files_make_set (folder, "train", 5, TRUE);
  picture_files_make_set (folder, "t10k", 2, TRUE);
  g_remove (path);
  if (idx != NULL)
    picture_files_write (folder, name, idx, FALSE);
  g_assert_null (load (folder, EKL_STANDARDIZE_ALL, &error));
  g_assert_error (error, EKL_DATA_ERROR, (int) code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" is not \"%s\"", error->message, pattern);
}

static void
test_refused (void)
{
  static const guint8 values[36] = { 1, 2, 1, 2, 1 };
  const guint five[] = { 5, 2, 3 }, none[] = { 5, 0, 3 }, six[] = { 6, 2, 3 },
              turned[] = { 2, 3, 2 };
  g_autoptr (GByteArray) type = picture_files_make_idx (3, five, values);
  g_autoptr (GByteArray) text = g_byte_array_append (g_byte_array_new (), (guint8 *) "pictures", 8);
  g_autoptr (GByteArray) head = picture_files_make_idx (3, five, values);
  g_autoptr (GByteArray) cut = picture_files_make_idx (3, five, values);
  g_autoptr (GByteArray) more = picture_files_make_idx (3, six, values);
  g_autoptr (GByteArray) huge = picture_files_make_idx (3, five, values);
  g_autoptr (GByteArray) empty = picture_files_make_idx (3, none, values);
  g_autoptr (GByteArray) six_labels = picture_files_make_idx (1, six, values);
  g_autoptr (GByteArray) one_class = picture_files_make_idx (1, five, values + 10);
  g_autoptr (GByteArray) other_size = picture_files_make_idx (3, turned, values);
  const char *const images = "train-images-idx3-ubyte", *const labels = "train-labels-idx1-ubyte";

  type->data[2] = 0x0d;
  memset (huge->data + 4, 0x7f, 12);
  more->data[7] = 5;
  g_byte_array_set_size (head, 10);
  g_byte_array_set_size (cut, cut->len - 1);
  expect_refusal (images, type, EKL_DATA_ERROR_FORMAT,
                  "train-images-idx3-ubyte: *type 0x0d with 3");
  expect_refusal (images, text, EKL_DATA_ERROR_FORMAT, "train-images*: this is not an IDX file");
  expect_refusal (images, head, EKL_DATA_ERROR_FORMAT, "train-images*: *ends within its head");
  expect_refusal (images, cut, EKL_DATA_ERROR_FORMAT, "train-images*: *after 29 of 30 values*");
  expect_refusal (images, more, EKL_DATA_ERROR_FORMAT, "train-images*: *more than the 30 values*");
  expect_refusal (images, huge, EKL_DATA_ERROR_FORMAT, "train-images*: *too much*");
  expect_refusal (images, empty, EKL_DATA_ERROR_EMPTY, "train-images*: *a size is 0");
  expect_refusal (images, six_labels, EKL_DATA_ERROR_FORMAT, "train-images*: *0x08 with 1");
  expect_refusal (labels, six_labels, EKL_DATA_ERROR_FORMAT,
                  "clothes: *5 pictures in train-images-idx3-ubyte but 6 labels in train-labels*");
  expect_refusal (labels, one_class, EKL_DATA_ERROR_FORMAT, "clothes: *1 different labels*");
  expect_refusal ("t10k-images-idx3-ubyte", other_size, EKL_DATA_ERROR_FORMAT,
                  "clothes: *to train on are 2 x 3, *validate 3 x 2*");
  expect_refusal ("t10k-labels-idx1-ubyte.gz", NULL, EKL_DATA_ERROR_READ,
                  "clothes: *without a file t10k-labels-idx1-ubyte*");
}

static void
test_unknown_label (void)
{
  static const guint8 values[] = { 5, 4 };
  const guint two[] = { 2 };
  g_autoptr (GByteArray) labels = picture_files_make_idx (1, two, values);

  expect_refusal ("t10k-labels-idx1-ubyte", labels, EKL_DATA_ERROR_FORMAT,
                  "clothes: picture 2 of those that validate has the label 4, *");
}

static void
test_cancelled (void)
{
  g_autofree char *folder = picture_files_folder ("clothes");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  picture_files_make_set (folder, "train", 5, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (ekl_data_source_load (folder, NULL, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
damage (GRand *random, GByteArray *bytes)
{
  for (int n = g_rand_int_range (random, 1, 4); n > 0 && bytes->len > 0; n--) {
    const guint at = (guint) g_rand_int_range (random, 0, (int) bytes->len);

    switch (g_rand_int_range (random, 0, 4)) {
    case 0:
      g_byte_array_set_size (bytes, at);
      break;
    case 1: {
      g_autofree guint8 *start = g_memdup2 (bytes->data, at);

      /* a copy, as the array may move while it grows */
      g_byte_array_append (bytes, start, at);
      break;
    }
    default:
      bytes->data[at] = (guint8) g_rand_int_range (random, 0, 256);
      break;
    }
  }
}

/* Each is read, and then its values are there, or refused with a sentence that names the file. */
static void
test_damaged (void)
{
  const guint size[] = { 4, 2, 3 };
  static const guint8 values[24] = { 1, 2, 3 };
  g_autofree char *folder = picture_files_folder ("damaged");
  g_autofree char *path = g_build_filename (folder, "images", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint n_read = 0, n_refused = 0;

  for (guint k = 0; k < N_DAMAGED; k++) {
    g_autoptr (GByteArray) idx = picture_files_make_idx (3, size, values);
    g_autoptr (GBytes) packed = picture_files_pack (idx->data, idx->len);
    g_autoptr (GByteArray) bytes =
      k % 2 == 0 ? g_byte_array_ref (idx) : g_bytes_unref_to_array (g_bytes_ref (packed));
    g_autoptr (GError) error = NULL;
    g_autoptr (EklIdx) read = NULL;
    guint sum = 0;

    damage (random, bytes);
    picture_files_write (folder, "images", bytes, FALSE);
    read = ekl_idx_read (file, 3, NULL, NULL, NULL, &error);
    if (read == NULL) {
      g_assert_true (error->domain == EKL_DATA_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "images: "));
      n_refused++;
      continue;
    }
    g_assert_no_error (error);
    for (gsize i = 0; i < read->n_values; i++)
      sum += read->values[i];
    g_assert_cmpuint (sum, <=, 255 * read->n_values);
    n_read++;
  }
  g_assert_cmpuint (n_read, >, N_DAMAGED / 20);
  g_assert_cmpuint (n_refused, >, N_DAMAGED / 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/pictures/packed", GINT_TO_POINTER (TRUE), test_folder);
  g_test_add_data_func ("/pictures/unpacked", GINT_TO_POINTER (FALSE), test_folder);
  g_test_add_func ("/pictures/standardized", test_standardized);
  g_test_add_func ("/pictures/tiles", test_tiles);
  g_test_add_func ("/pictures/options", test_options);
  g_test_add_func ("/pictures/sample", test_sample);
  g_test_add_func ("/pictures/read-as", test_read_as);
  g_test_add_func ("/pictures/table", test_table);
  g_test_add_func ("/pictures/example", test_example);
  g_test_add_func ("/pictures/refused", test_refused);
  g_test_add_func ("/pictures/unknown-label", test_unknown_label);
  g_test_add_func ("/pictures/cancelled", test_cancelled);
  g_test_add_func ("/pictures/damaged", test_damaged);

  return g_test_run ();
}
