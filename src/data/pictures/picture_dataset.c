/* picture_dataset.c - pictures with labels to a dataset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pictures.h"

#include "memory.h"
#include "row_split.h"

#include <string.h>

/* Pixels are bytes; inputs without standardisation go from 0 to 1. */
#define WHITE 255.0

/* The files hold picture after picture, a batch pixel after pixel: turned in tiles that stay in the
 * cache. */
#define TILE 64

static gboolean
check_options (const EklPictures *self, const EklDataOptions *options, GError **error)
{
  const char *text = NULL;

  if (options->task == EKL_TASK_REGRESSION)
    text = "pictures come with classes, not with numbers to predict; set task to classification";
  else if ((options->target != NULL && *options->target != '\0') ||
           (options->ignore != NULL && *options->ignore != '\0') ||
           (options->types != NULL && *options->types != '\0'))
    text = "pictures have no columns; leave target, ignore and types empty";
  if (text == NULL)
    return TRUE;
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN, "%s: %s", self->name, text);
  return FALSE;
}

/* The pictures of a set that are used. */
typedef struct {
  const EklPictureSet *set;
  guint n;
  guint *pictures; /* (n), ascending */
} Used;

/* The mean picture, from 0 to 1. Sums of bytes are whole numbers, so a pixel that never changes is its
 * mean exactly. */
static void
find_means (const Used *used, guint n_pixels, EklUnit *units)
{
  g_autofree guint64 *sum = g_new0 (guint64, n_pixels);

  for (guint i = 0; i < used->n; i++)
    for (guint f = 0; f < n_pixels; f++)
      sum[f] += used->set->images->values[(gsize) used->pictures[i] * n_pixels + f];
  for (guint f = 0; f < n_pixels; f++)
    units[f].mean = (double) sum[f] / used->n / WHITE;
}

/* All pixels keep one scale: each divided by its own deviation, the few specks near the border
 * would count as much as the picture. */
static EklUnit *
make_input_units (const EklPictures *self, const Used *training, gboolean standardize)
{
  const guint *size = self->training.images->size, n = size[1] * size[2];
  EklUnit *units = g_new0 (EklUnit, n);

  for (guint f = 0; f < n; f++) {
    units[f].name = g_strdup_printf ("pixel %u,%u", f / size[2] + 1, f % size[2] + 1);
    units[f].scale = 1;
  }
  if (standardize)
    find_means (training, n, units);
  return units;
}

static EklUnit *
make_output_units (const EklPictures *self)
{
  EklUnit *units = g_new0 (EklUnit, self->n_classes);

  for (guint k = 0; k < self->n_classes; k++) {
    units[k].name = self->class_names != NULL ? g_strdup (self->class_names[k])
                                              : g_strdup_printf ("%u", self->label[k]);
    units[k].scale = 1;
  }
  return units;
}

static void
fill_inputs (const Used *used, const EklUnit *units, guint n_pixels, real *x)
{
  const guint8 *values = used->set->images->values;
  const gsize n = used->n;

  for (gsize first = 0; first < n; first += TILE)
    for (guint from = 0; from < n_pixels; from += TILE) {
      const gsize end = MIN (first + TILE, n);
      const guint to = MIN (from + TILE, n_pixels);

      for (guint f = from; f < to; f++) {
        for (gsize i = first; i < end; i++) {
          const guint8 pixel = values[(gsize) used->pictures[i] * n_pixels + f];

          x[f * n + i] = (real) (pixel / WHITE - units[f].mean);
        }
      }
    }
}

/* The class of each label. */
static void
index_labels (const EklPictures *self, guint *index)
{
  for (guint k = 0; k < self->n_classes; k++)
    index[self->label[k]] = k;
}

static void
fill_one_hot (const EklPictures *self, const Used *used, real *y)
{
  const gsize n = used->n;
  guint index[G_MAXUINT8 + 1] = { 0 };

  index_labels (self, index);
  memset (y, 0, self->n_classes * n * sizeof (real));
  for (gsize i = 0; i < n; i++)
    y[index[used->set->labels->values[used->pictures[i]]] * n + i] = 1;
}

static gboolean
fill_batch (
  const EklPictures *self, const Used *used, const EklUnit *units, EklBatch *batch, GError **error)
{
  const gsize n = used->n;
  real *x, *y;

  batch->n_data = used->n;
  batch->x = x = ekl_memory_new (n * batch->n_inputs, sizeof (real), "the pictures", error);
  if (x == NULL)
    return FALSE;
  batch->y = y =
    ekl_memory_new (n * batch->n_outputs, sizeof (real), "the pictures' labels", error);
  if (y == NULL)
    return FALSE;
  fill_inputs (used, units, batch->n_inputs, x);
  fill_one_hot (self, used, y);
  return TRUE;
}

/* @sample: at most so many, classes keeping their shares; 0: all */
static void
used_init (
  Used *used, const EklPictures *self, const EklPictureSet *set, guint sample, guint64 seed)
{
  const guint n = set->images->size[0];
  g_autofree guint *class = NULL;
  guint index[G_MAXUINT8 + 1] = { 0 };

  used->set = set;
  used->n = sample > 0 ? MIN (sample, n) : n;
  if (used->n == n) {
    used->pictures = g_new (guint, n);
    for (guint i = 0; i < n; i++)
      used->pictures[i] = i;
    return;
  }
  index_labels (self, index);
  class = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    class[i] = index[set->labels->values[i]];
  used->pictures = ekl_row_sample_new (&(EklRows){ n, self->n_classes, class }, used->n, seed);
}

static EklDatasetSummary *
make_summary (const EklPictures *self, const EklDatasetParts *parts)
{
  EklDatasetSummary *summary = ekl_dataset_summary_new ();
  const guint *size = self->training.images->size;

  summary->n_source_rows = size[0] + self->validation.images->size[0];
  summary->n_training = parts->training.n_data;
  summary->n_validation = parts->validation.n_data;
  summary->n_left_out = summary->n_source_rows - summary->n_training - summary->n_validation;
  summary->n_inputs = parts->training.n_inputs;
  summary->n_classes = parts->training.n_outputs;
  summary->picture_height = size[1];
  summary->picture_width = size[2];
  return summary;
}

/**
 * ekl_pictures_make_dataset:
 * @self: pictures
 * @options: the standardisation, and how many training pictures to use; the others have nothing to say:
 *   the test set that comes with the pictures is what validates, whatever the share of training rows is
 * @error: return location for %EKL_DATA_ERROR or %EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * An input is a pixel, from 0 (black) to 1; standardised, the mean of that pixel over the training
 * pictures is subtracted. An output is a class, one-hot.
 *
 * Returns: (transfer full) (nullable): a dataset for classification, or %NULL
 */
EklDataset *
ekl_pictures_make_dataset (const EklPictures *self, const EklDataOptions *options, GError **error)
{
  const guint *size = self->training.images->size;
  EklDatasetParts parts = { .task = EKL_TASK_CLASSIFICATION };
  Used training = { 0 }, validation = { 0 };
  EklDataset *dataset = NULL;

  if (!check_options (self, options, error))
    return NULL;
  used_init (&training, self, &self->training, options->sample, options->split_seed);
  used_init (&validation, self, &self->validation, 0, 0);
  parts.name = g_strdup (self->name);
  parts.training.n_inputs = parts.validation.n_inputs = size[1] * size[2];
  parts.picture_height = size[1];
  parts.picture_width = size[2];
  parts.training.n_outputs = parts.validation.n_outputs = self->n_classes;
  parts.input_units =
    make_input_units (self, &training, options->standardize != EKL_STANDARDIZE_NONE);
  parts.output_units = make_output_units (self);
  if (fill_batch (self, &training, parts.input_units, &parts.training, error) &&
      fill_batch (self, &validation, parts.input_units, &parts.validation, error)) {
    parts.summary = make_summary (self, &parts);
    dataset = ekl_dataset_new_take (&parts);
  }
  ekl_dataset_parts_clear (&parts);
  g_free (training.pictures);
  g_free (validation.pictures);
  return dataset;
}
