/* column_roles.h - which columns of a table are features, which are to be predicted, which are left out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_options.h"
#include "table.h"

G_BEGIN_DECLS

typedef enum {
  EKL_ROLE_FEATURE,
  EKL_ROLE_TARGET,
  EKL_ROLE_IGNORED,
} EklColumnRole;

/* Why a column is ignored that nobody ignored. */
typedef enum {
  EKL_REASON_NONE,
  EKL_REASON_EMPTY,
  EKL_REASON_ROW_NUMBER,
  EKL_REASON_MANY_CATEGORIES,
} EklIgnoreReason;

typedef struct {
  EklColumnRole role;
  EklIgnoreReason reason;
} EklColumnPlan;

/* A feature of text has at most so many categories, unless it is called a category in types; then so many. */
#define EKL_MAX_GUESSED_CATEGORIES 50
#define EKL_MAX_CATEGORIES         1000

typedef struct {
  EklTable *table;       /* with the columns' types as asked for; owned */
  EklColumnPlan *column; /* (n_columns of the table) */
  guint n_inputs;
  guint n_targets;
  guint *inputs;         /* (n_inputs) columns of the table from 0, in the table's order */
  guint *targets;        /* (n_targets) likewise, in the order given */
} EklColumnRoles;

gboolean    ekl_column_roles_init     (EklColumnRoles       *self,
                                       EklTable             *table,
                                       const EklDataOptions *options,
                                       GError              **error);
void        ekl_column_roles_clear    (EklColumnRoles       *self);

const char *ekl_ignore_reason_to_text (EklIgnoreReason       self);

/* The way back, for a dialog: the settings that give these roles and types. */
char       *ekl_column_reference      (EklTable             *table,
                                       guint                 column);
void        ekl_column_roles_to_lists (EklTable             *table,
                                       const EklColumnRole  *role,
                                       const EklColumnType  *type,
                                       char                **target,
                                       char                **ignore,
                                       char                **types);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklColumnRoles, ekl_column_roles_clear)

G_END_DECLS
