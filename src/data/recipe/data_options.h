/* data_options.h - how a dataset is made of what was read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  EKL_TASK_AUTO,
  EKL_TASK_REGRESSION,
  EKL_TASK_CLASSIFICATION,
} EklTask;

typedef enum {
  EKL_STANDARDIZE_ALL,
  EKL_STANDARDIZE_INPUTS,
  EKL_STANDARDIZE_NONE,
} EklStandardize;

/* Of inputs; a row without its target is never used. */
typedef enum {
  EKL_MISSING_DROP, /* the row */
  EKL_MISSING_MEAN, /* of the training rows; of a category the most frequent */
  EKL_MISSING_MODE, /* the most frequent value of the training rows */
} EklMissing;

/* All zero but train_fraction is the usual. Lists are as in column_list.h. */
typedef struct {
  const char *target;     /* NULL or "" = the last column that is of use */
  const char *ignore;     /* NULL or "" = none but those ignored by themselves, see ekl_column_roles_init() */
  const char *types;      /* NAME:number, NAME:category or NAME:ignored; NULL or "" = as read */
  EklTask task;
  EklMissing missing;
  guint sample;           /* use at most so many rows, or training pictures; 0 = all */
  double train_fraction;  /* in (0, 1]; 1 = no validation rows */
  guint64 split_seed;
  EklStandardize standardize;
  GCancellable *cancellable; /* stops the work with G_IO_ERROR_CANCELLED; NULL: nothing does */
} EklDataOptions;

G_END_DECLS
