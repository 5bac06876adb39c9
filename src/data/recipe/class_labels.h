/* class_labels.h - a column of whole numbers as classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

#define EKL_MAX_CLASSES 100

typedef struct {
  guint n_classes;
  double value[EKL_MAX_CLASSES]; /* ascending */
} EklClassLabels;

gboolean ekl_class_labels_init (EklClassLabels        *self,
                                const EklTable        *table,
                                guint                  column,
                                GError               **error);
guint    ekl_class_labels_find (const EklClassLabels  *self,
                                double                 value);

G_END_DECLS
