/* table_recipe.h - what is known while a table becomes a dataset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "class_labels.h"
#include "column_encoder.h"
#include "dataset.h"
#include "row_split.h"
#include "usable_rows.h"

G_BEGIN_DECLS

typedef struct {
  const EklDataOptions *options;
  const char *remarked_column, *remark; /* NULL: none */
  EklColumnRoles roles;
  const EklTable *table;     /* the roles' */
  EklTask task;              /* not AUTO once it is known */
  EklUsableRows usable;
  EklClassLabels labels;     /* classes of the usable rows; without classes in regression */
  guint n_sample;            /* of the usable rows that are used */
  guint *rows;               /* (n_sample) training rows of the table first, then validation rows */
  guint n_training;
  EklColumnEncoder inputs;
  EklColumnEncoder targets;  /* of numbers */
} EklTableRecipe;

/* Whether the classes stand in several columns, one a class, instead of one column of labels. */
gboolean ekl_table_recipe_has_class_columns (const EklTableRecipe *self);
void     ekl_table_recipe_write_summary     (const EklTableRecipe *self,
                                             EklDatasetSummary    *summary);

G_END_DECLS
