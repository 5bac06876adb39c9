/* ekl-import.c - one file on its way in: how it is read, what is made of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-import-private.h"

#include "import_memory.h"

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

/**
 * ekl_import_plan_later:
 *
 * Finds out in a moment what the settings make of the table.
 */
void
ekl_import_plan_later (EklImport *self)
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
    ekl_import_plan_later (self);
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
