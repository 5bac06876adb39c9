/* dataset_summary.h - what became of the data on their way into a dataset, in numbers and sentences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint n_source_rows;     /* rows of the table; pictures, those that validate too */
  guint n_dropped_missing; /* rows: something that is needed is missing */
  guint n_dropped_bad;     /* rows: a cell that is needed does not fit its column */
  guint n_left_out;        /* rows, by sample */
  guint n_filled;          /* cells */
  guint n_training;
  guint n_validation;
  guint n_features;        /* columns of the table; 0: pictures */
  guint n_inputs;          /* of the network: more than the features where there are categories */
  guint n_classes;         /* 0: regression */
  guint picture_width, picture_height; /* 0: no pictures */
  gboolean has_remark;     /* the first note is on what a column means, to be shown with the data */
  char **notes;            /* sentences on what is not as one might expect, NULL-terminated; never NULL */
  char **window_notes;     /* the same, where they name settings in the words of the window */
} EklDatasetSummary;

EklDatasetSummary *ekl_dataset_summary_new    (void);
void               ekl_dataset_summary_free   (EklDatasetSummary       *self);
void               ekl_dataset_summary_add    (EklDatasetSummary       *self,
                                               char                    *note);
void               ekl_dataset_summary_add_advice (EklDatasetSummary   *self,
                                               const char              *note,
                                               const char              *option,
                                               const char              *window);
char              *ekl_dataset_summary_format (const EklDatasetSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklDatasetSummary, ekl_dataset_summary_free)

G_END_DECLS
