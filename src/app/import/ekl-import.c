/* ekl-import.c - one file on its way in: how it is read, what is made of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-import.h"

#include "import_memory.h"

#include <glib/gi18n.h>

struct _EklImport {
  GObject parent_instance;

  char *path;
  EklExperiment *settings;
  EklCsvFormat format;
  gboolean remembered; /* the choices are those of the last time */
  gboolean own_change; /* the settings are being put right, not changed by the user */

  EklTable *table; /* as it was read */
  EklImportPlan *plan;
  char *error; /* of reading; the plan has its own */

  GCancellable *reading; /* NULL: not */
  EklLoadProgress *progress;
  GCancellable *planning;
  guint read_source, plan_source, progress_source;
};

G_DEFINE_FINAL_TYPE (EklImport, ekl_import, G_TYPE_OBJECT)

enum {
  TABLE_CHANGED,
  PLAN_CHANGED,
  BUSY_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is changed in one go is answered once. */
#define DEBOUNCE_MS 40
#define PROGRESS_MS 60

/* ---- planning ---- */

static void
tell_busy (EklImport *self)
{
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EklImport) self = user_data;
  g_autoptr (EklImportPlan) plan = ekl_import_plan_finish (result, NULL);

  /* something was changed since */
  if (g_task_get_cancellable (G_TASK (result)) != self->planning)
    return;
  g_clear_object (&self->planning);
  if (plan != NULL) {
    g_clear_pointer (&self->plan, ekl_import_plan_free);
    self->plan = g_steal_pointer (&plan);
    g_signal_emit (self, signals[PLAN_CHANGED], 0);
  }
  tell_busy (self);
}

static void
cancel_planning (EklImport *self)
{
  g_clear_handle_id (&self->plan_source, g_source_remove);
  if (self->planning != NULL)
    g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
}

static void
plan_now (EklImport *self)
{
  cancel_planning (self);
  if (self->table == NULL)
    return;
  self->planning = g_cancellable_new ();
  ekl_import_plan_async (self->table, self->settings, self->planning, planned_cb,
                         g_object_ref (self));
  tell_busy (self);
}

static void
plan_later_cb (gpointer user_data)
{
  EklImport *self = user_data;

  self->plan_source = 0;
  plan_now (self);
}

static void
plan_later (EklImport *self)
{
  cancel_planning (self);
  self->plan_source = g_timeout_add_once (DEBOUNCE_MS, plan_later_cb, self);
  tell_busy (self);
}

/* ---- reading ---- */

static gboolean
has_columns_of (EklTable *a, EklTable *b)
{
  if (ekl_table_get_n_columns (a) != ekl_table_get_n_columns (b))
    return FALSE;
  for (guint c = 0; c < ekl_table_get_n_columns (a); c++)
    if (!g_str_equal (ekl_table_get_column_name (a, c), ekl_table_get_column_name (b, c)))
      return FALSE;
  return TRUE;
}

/* Another delimiter makes other columns: what was said of the former ones is of no use. */
static void
forget_columns (EklImport *self)
{
  self->own_change = TRUE;
  ekl_experiment_reset_setting (self->settings, "target");
  ekl_experiment_reset_setting (self->settings, "ignore");
  ekl_experiment_reset_setting (self->settings, "types");
  self->own_change = FALSE;
}

static void
take_table (EklImport *self, EklTable *table)
{
  if (self->table != NULL && !has_columns_of (self->table, table))
    forget_columns (self);
  g_clear_pointer (&self->plan, ekl_import_plan_free);
  g_clear_pointer (&self->table, ekl_table_unref);
  g_clear_pointer (&self->error, g_free);
  self->table = table;
  g_signal_emit (self, signals[TABLE_CHANGED], 0);
  plan_now (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EklImport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table = ekl_import_read_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (table != NULL) {
    take_table (self, g_steal_pointer (&table));
  } else {
    g_free (self->error);
    self->error = g_strdup (error->message);
    g_signal_emit (self, signals[PLAN_CHANGED], 0);
  }
  tell_busy (self);
}

static gboolean
progress_cb (gpointer user_data)
{
  tell_busy (user_data);
  return G_SOURCE_CONTINUE;
}

static void
cancel_reading (EklImport *self)
{
  g_clear_handle_id (&self->read_source, g_source_remove);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->progress, ekl_load_progress_unref);
}

static void
read_later_cb (gpointer user_data)
{
  EklImport *self = user_data;

  self->read_source = 0;
  ekl_import_start (self);
}

/* Settings of the format take another reading, all others another plan. */
static void
setting_changed_cb (EklImport *self)
{
  EklCsvFormat format;

  if (self->own_change)
    return;
  ekl_experiment_get_csv_format (self->settings, &format);
  if (!ekl_csv_format_equal (&self->format, &format)) {
    self->format = format;
    g_clear_handle_id (&self->read_source, g_source_remove);
    self->read_source = g_timeout_add_once (DEBOUNCE_MS, read_later_cb, self);
    tell_busy (self);
  } else if (self->table != NULL && self->reading == NULL) {
    plan_later (self);
  }
}

/* ---- the object ---- */

static void
ekl_import_dispose (GObject *object)
{
  ekl_import_close (EKL_IMPORT (object));
  G_OBJECT_CLASS (ekl_import_parent_class)->dispose (object);
}

static void
ekl_import_finalize (GObject *object)
{
  EklImport *self = EKL_IMPORT (object);

  g_clear_pointer (&self->plan, ekl_import_plan_free);
  g_clear_pointer (&self->table, ekl_table_unref);
  g_clear_object (&self->settings);
  g_free (self->error);
  g_free (self->path);
  G_OBJECT_CLASS (ekl_import_parent_class)->finalize (object);
}

static void
ekl_import_class_init (EklImportClass *klass)
{
  static const char *const names[N_SIGNALS] = {
    [TABLE_CHANGED] = "table-changed",
    [PLAN_CHANGED] = "plan-changed",
    [BUSY_CHANGED] = "busy-changed",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ekl_import_dispose;
  object_class->finalize = ekl_import_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
ekl_import_init (EklImport *self)
{
  self->settings = ekl_experiment_new ();
  g_signal_connect_object (self->settings, "notify", G_CALLBACK (setting_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ekl_import_new:
 * @path: of a file
 * @current: (nullable): the settings of now, taken over where they are about this file
 *
 * Nothing is read before ekl_import_start(). Another file begins with the choices of the last time it
 * was imported, else with none.
 *
 * Returns: (transfer full): an import
 */
EklImport *
ekl_import_new (const char *path, EklExperiment *current)
{
  EklImport *self = g_object_new (EKL_TYPE_IMPORT, NULL);

  self->path = g_strdup (path);
  self->own_change = TRUE;
  if (current != NULL && g_str_equal (ekl_experiment_get_string (current, "data"), path))
    ekl_copy_data_choices (self->settings, current);
  else
    self->remembered = ekl_import_memory_recall (path, self->settings);
  ekl_experiment_get_csv_format (self->settings, &self->format);
  self->own_change = FALSE;
  return self;
}

/**
 * ekl_import_start:
 *
 * Reads the file, from its beginning; what was under way is given up.
 */
void
ekl_import_start (EklImport *self)
{
  cancel_planning (self);
  cancel_reading (self);
  self->reading = g_cancellable_new ();
  self->progress = ekl_load_progress_new ();
  self->progress_source = g_timeout_add (PROGRESS_MS, progress_cb, self);
  ekl_import_read_async (self->path, &self->format, self->progress, self->reading, read_cb,
                         g_object_ref (self));
  tell_busy (self);
}

/**
 * ekl_import_close:
 *
 * Gives up what is under way; nothing more is told.
 */
void
ekl_import_close (EklImport *self)
{
  cancel_planning (self);
  cancel_reading (self);
}

/**
 * ekl_import_get_path:
 *
 * Returns: where the file is
 */
const char *
ekl_import_get_path (EklImport *self)
{
  return self->path;
}

/**
 * ekl_import_get_settings:
 *
 * Returns: (transfer none): the choices, of which those about data count
 */
EklExperiment *
ekl_import_get_settings (EklImport *self)
{
  return self->settings;
}

/**
 * ekl_import_is_remembered:
 *
 * Returns: whether it began with the choices of the last time
 */
gboolean
ekl_import_is_remembered (EklImport *self)
{
  return self->remembered;
}

/**
 * ekl_import_forget:
 *
 * Begins anew, with nothing chosen.
 */
void
ekl_import_forget (EklImport *self)
{
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  self->remembered = FALSE;
  self->own_change = TRUE;
  for (guint i = 0; i < n; i++)
    if (ekl_is_data_choice (&infos[i]))
      ekl_experiment_reset_setting (self->settings, infos[i].name);
  self->own_change = FALSE;
  self->format = (EklCsvFormat){ 0 };
  ekl_import_start (self);
}

/**
 * ekl_import_get_format:
 *
 * Returns: what is asked for; zeros are automatic
 */
const EklCsvFormat *
ekl_import_get_format (EklImport *self)
{
  return &self->format;
}

/**
 * ekl_import_set_format:
 *
 * Reads the file in another way, in a moment.
 */
void
ekl_import_set_format (EklImport *self, const EklCsvFormat *format)
{
  ekl_experiment_set_csv_format (self->settings, format);
}

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

  return summary != NULL ? ekl_dataset_summary_format (summary) : NULL;
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
 * ekl_import_is_busy:
 *
 * Returns: whether what is shown may change by itself
 */
gboolean
ekl_import_is_busy (EklImport *self)
{
  return self->reading != NULL || self->planning != NULL || self->read_source != 0 ||
         self->plan_source != 0;
}

/**
 * ekl_import_is_reading:
 * @fraction: (out): how much has been read
 *
 * Returns: whether the file is being read
 */
gboolean
ekl_import_is_reading (EklImport *self, double *fraction)
{
  *fraction = self->progress != NULL ? ekl_load_progress_get (self->progress) : 0;
  return self->reading != NULL;
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
  plan_later (self);
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
