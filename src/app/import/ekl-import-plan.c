/* ekl-import-plan.c - what is made of a file: roles and types of its columns, what becomes of its rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-import-private.h"
#include "number_format.h"

#include <glib/gi18n.h>

/**
 * ekl_import_get_table:
 *
 * Returns: (transfer none) (nullable): what was read, with the types that are asked for
 */
EklTable *
ekl_import_get_table (EklImport *self)
{
  return self->plan != NULL ? self->plan->table : self->table;
}

/**
 * ekl_import_get_n_columns:
 *
 * Returns: 0 before anything was read
 */
guint
ekl_import_get_n_columns (EklImport *self)
{
  return self->table != NULL ? ekl_table_get_n_columns (self->table) : 0;
}

/**
 * ekl_import_get_role:
 *
 * Returns: the role of a column, from 0
 */
EklColumnRole
ekl_import_get_role (EklImport *self, guint column)
{
  return self->plan != NULL ? self->plan->column[column].role : EKL_ROLE_FEATURE;
}

/**
 * ekl_import_get_reason:
 *
 * Returns: why a column is ignored that nobody ignored
 */
EklIgnoreReason
ekl_import_get_reason (EklImport *self, guint column)
{
  return self->plan != NULL ? self->plan->column[column].reason : EKL_REASON_NONE;
}

/**
 * ekl_import_get_column_type:
 *
 * Returns: the type of a column, from 0
 */
EklColumnType
ekl_import_get_column_type (EklImport *self, guint column)
{
  return ekl_table_get_column_type (ekl_import_get_table (self), column);
}

/**
 * ekl_import_get_error:
 *
 * Returns: (nullable): why nothing can be made of it
 */
const char *
ekl_import_get_error (EklImport *self)
{
  if (self->error != NULL)
    return self->error;
  return self->plan != NULL ? self->plan->error : NULL;
}

static const EklDatasetSummary *
get_summary (EklImport *self)
{
  return self->plan != NULL && self->plan->dataset != NULL
           ? ekl_dataset_get_summary (self->plan->dataset)
           : NULL;
}

/**
 * ekl_import_describe:
 *
 * Returns: (transfer full) (nullable): "404 training rows, 102 validation, 13 features"
 */
char *
ekl_import_describe (EklImport *self)
{
  const EklDatasetSummary *summary = get_summary (self);
  g_autofree char *line = summary != NULL ? ekl_dataset_summary_format (summary) : NULL;

  return line != NULL ? ekl_group_counts (line) : NULL;
}

/**
 * ekl_import_describe_notes:
 *
 * Returns: (transfer full) (nullable): what is not as one might expect, a line a sentence
 */
char *
ekl_import_describe_notes (EklImport *self)
{
  const EklDatasetSummary *summary = get_summary (self);

  return summary != NULL && summary->window_notes[0] != NULL
           ? g_strjoinv ("\n", summary->window_notes)
           : NULL;
}

/**
 * ekl_import_is_ready:
 *
 * Returns: whether ekl_import_make_problem() has something to make it of
 */
gboolean
ekl_import_is_ready (EklImport *self)
{
  return !ekl_import_is_busy (self) && self->error == NULL && self->plan != NULL &&
         self->plan->dataset != NULL;
}

/* ---- choices about columns ---- */

typedef struct {
  guint n;
  EklColumnRole *role;
  EklColumnType *type;
} Choices;

static void
choices_clear (Choices *self)
{
  g_free (self->role);
  g_free (self->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choices, choices_clear)

static void
get_choices (EklImport *self, Choices *choices)
{
  choices->n = ekl_import_get_n_columns (self);
  choices->role = g_new (EklColumnRole, choices->n);
  choices->type = g_new (EklColumnType, choices->n);
  for (guint c = 0; c < choices->n; c++) {
    choices->role[c] = ekl_import_get_role (self, c);
    choices->type[c] = ekl_import_get_column_type (self, c);
  }
}

static void
put_choices (EklImport *self, const Choices *choices)
{
  g_autofree char *target = NULL, *ignore = NULL, *types = NULL;

  ekl_column_roles_to_lists (self->table, choices->role, choices->type, &target, &ignore, &types);
  g_object_set (self->settings, "target", target, "ignore", ignore, "types", types, NULL);
  ekl_import_plan_later (self);
}

static gboolean
is_among (guint column, const guint *columns, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    if (columns[i] == column)
      return TRUE;
  return FALSE;
}

/**
 * ekl_import_set_role:
 * @columns: (array length=n_columns): from 0
 * @error: return location for an error
 *
 * Gives columns a role. Who chooses a target means it instead of the one that was guessed; later ones
 * are added to it.
 *
 * Returns: %FALSE, with nothing changed, where no target would be left
 */
gboolean
ekl_import_set_role (
  EklImport *self, const guint *columns, guint n_columns, EklColumnRole role, GError **error)
{
  const gboolean is_guess = *ekl_experiment_get_string (self->settings, "target") == '\0';
  g_auto (Choices) choices = { 0 };
  guint n_targets = 0;

  if (self->table == NULL)
    return FALSE;
  get_choices (self, &choices);
  for (guint c = 0; c < choices.n; c++) {
    if (is_among (c, columns, n_columns))
      choices.role[c] = role;
    else if (role == EKL_ROLE_TARGET && is_guess && choices.role[c] == EKL_ROLE_TARGET)
      choices.role[c] = EKL_ROLE_FEATURE;
    n_targets += choices.role[c] == EKL_ROLE_TARGET;
  }
  if (n_targets == 0) {
    g_set_error_literal (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                         _ ("One column has to be the target; choose another one first."));
    return FALSE;
  }
  put_choices (self, &choices);
  return TRUE;
}

/**
 * ekl_import_set_column_type:
 * @columns: (array length=n_columns): from 0
 *
 * Takes columns for numbers or for categories; one that is ignored because of what is in it is used
 * from then on.
 */
void
ekl_import_set_column_type (EklImport *self,
                            const guint *columns,
                            guint n_columns,
                            EklColumnType type)
{
  g_auto (Choices) choices = { 0 };

  if (self->table == NULL)
    return;
  get_choices (self, &choices);
  for (guint i = 0; i < n_columns; i++)
    choices.type[columns[i]] = type;
  put_choices (self, &choices);
}

/**
 * ekl_import_make_problem:
 * @current: the settings of now, of which those stay that are not about data or network
 *
 * Returns: (transfer full): what a run can start with; ekl_import_is_ready() must be
 */
EklProblem *
ekl_import_make_problem (EklImport *self, EklExperiment *current)
{
  EklProblem *problem = ekl_problem_new_for (self->path, NULL, current);

  g_return_val_if_fail (ekl_import_is_ready (self), problem);

  ekl_problem_take_choices (problem, self->settings);
  problem->source = ekl_data_source_new_for_table (self->table);
  problem->dataset = ekl_dataset_ref (self->plan->dataset);
  return problem;
}
