/* class_labels.h - a column as classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

#define EKL_MAX_CLASSES 100

/* Whole numbers are read as classes by themselves where there are at most so many. */
#define EKL_MAX_GUESSED_CLASSES 10

typedef struct {
  guint n_classes;
  char *name[EKL_MAX_CLASSES]; /* numbers ascending, then texts by the alphabet */
  guint *class;                /* (n_rows) of each row that was asked for */
} EklClassLabels;

gboolean ekl_class_labels_init  (EklClassLabels  *self,
                                 const EklTable  *table,
                                 guint            column,
                                 const guint     *rows,
                                 guint            n_rows,
                                 GError         **error);
void     ekl_class_labels_clear (EklClassLabels  *self);
gboolean ekl_class_labels_guess (const EklTable  *table,
                                 guint            column,
                                 const guint     *rows,
                                 guint            n_rows);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklClassLabels, ekl_class_labels_clear)

G_END_DECLS
