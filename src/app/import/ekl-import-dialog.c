/* ekl-import-dialog.c - how a table comes in: what was guessed on the left, what it looks like on the right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-import-dialog.h"

#include "ekl-column-list.h"
#include "ekl-format-row.h"
#include "ekl-import-table.h"
#include "ekl-setting-row.h"
#include "number_format.h"

#include <glib/gi18n.h>

struct _EklImportDialog {
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  GtkBox *remembered_box;
  GtkListBox *file_rows;
  GtkListBox *data_rows;
  GtkProgressBar *progress_bar;
  GtkStack *pages;
  GtkStack *views;
  EklImportTable *table;
  EklColumnList *column_list;
  GtkLabel *extent_label;
  GtkImage *verdict_icon;
  GtkLabel *verdict_label;
  GtkLabel *notes_label;
  GtkSpinner *spinner;
  GtkMenuButton *problems_button;
  GtkLabel *problems_label;
  GtkListBox *problems;

  EklImport *import;
  EklExperiment *defaults;
  guint slow_source; /* shows that it takes a while */
};

G_DEFINE_FINAL_TYPE (EklImportDialog, ekl_import_dialog, ADW_TYPE_WINDOW)

static guint accepted_signal;

#define SLOW_MS     200
#define PROBLEM_ROW "ekl-row"

/* In the order that they matter in. */
static const EklCsvField file_fields[] = {
  EKL_CSV_FIELD_DELIMITER, EKL_CSV_FIELD_DECIMAL,   EKL_CSV_FIELD_HEADER,  EKL_CSV_FIELD_ENCODING,
  EKL_CSV_FIELD_QUOTE,     EKL_CSV_FIELD_THOUSANDS, EKL_CSV_FIELD_COMMENT,
};
static const char *const data_settings[] = { "task",       "missing",     "train-fraction",
                                             "split-seed", "standardize", "sample" };

/* ---- the sentence below ---- */

static void
show_extent (EklImportDialog *self)
{
  EklTable *table = ekl_import_get_table (self->import);
  const guint n_columns = ekl_import_get_n_columns (self->import);
  g_autofree char *text = NULL;

  if (table == NULL)
    return;
  if (n_columns > EKL_IMPORT_TABLE_MAX_COLUMNS)
    text = g_strdup_printf (_ ("%u rows, %u columns — all of them under “Columns”"),
                            ekl_table_get_n_rows (table), n_columns);
  else
    text = g_strdup_printf (_ ("%u rows, %u columns"), ekl_table_get_n_rows (table), n_columns);
  gtk_label_set_label (self->extent_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->extent_label), text);
}

static void
show_verdict (EklImportDialog *self)
{
  const char *error = ekl_import_get_error (self->import);
  g_autofree char *summary = ekl_import_describe (self->import);
  g_autofree char *notes = ekl_import_describe_notes (self->import);
  g_autofree char *one_line = notes != NULL ? g_strdelimit (g_strdup (notes), "\n", ' ') : NULL;
  const char *text = error != NULL ? error : summary;

  gtk_label_set_label (self->verdict_label, text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->verdict_icon, error != NULL  ? "dialog-warning-symbolic"
                                                    : text != NULL ? "emblem-ok-symbolic"
                                                                   : NULL);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict_icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "error");
  gtk_label_set_label (self->notes_label, one_line != NULL ? one_line : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->notes_label), notes);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), notes != NULL);
}

/* ---- cells that do not fit ---- */

static char *
describe_problem (EklTable *table, const EklTableProblem *problem)
{
  GString *text = g_string_new (NULL);
  g_autofree char *line = g_strdup_printf ("%" G_GSIZE_FORMAT, problem->line);

  if (problem->line > 0)
    g_string_append_printf (text, _ ("Line %s"), line);
  else if (problem->row > 0)
    g_string_append_printf (text, _ ("Row %u"), problem->row);
  if (problem->column > 0)
    g_string_append_printf (text, _ (", column %u (%s)"), problem->column,
                            ekl_table_get_column_name (table, problem->column - 1));
  g_string_append_printf (text, "%s%s", text->len > 0 ? ": " : "", problem->text);
  return g_string_free (text, FALSE);
}

static void
add_problem (EklImportDialog *self, EklTable *table, const EklTableProblem *problem)
{
  g_autofree char *text = describe_problem (table, problem);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), PROBLEM_ROW, GUINT_TO_POINTER (problem->row));
  gtk_list_box_append (self->problems, row);
}

static void
show_problems (EklImportDialog *self)
{
  EklTable *table = ekl_import_get_table (self->import);
  const guint64 n = table != NULL ? ekl_table_get_n_problems (table) : 0;
  g_autofree char *label = NULL, *shown = NULL, *count = ekl_format_count ((double) n);
  const EklTableProblem *problems;
  GtkListBoxRow *row;
  guint n_kept;

  while ((row = gtk_list_box_get_row_at_index (self->problems, 0)) != NULL)
    gtk_list_box_remove (self->problems, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->problems_button), n > 0);
  if (n == 0)
    return;
  problems = ekl_table_list_problems (table, &n_kept);
  for (guint i = 0; i < n_kept; i++)
    add_problem (self, table, &problems[i]);
  label = g_strdup_printf (ngettext ("⚠ %s problem", "⚠ %s problems", (gulong) n), count);
  shown = n > n_kept ? g_strdup_printf (_ ("The first %u, of %s"), n_kept, count)
                     : g_strdup (_ ("What does not fit, in the whole file"));
  gtk_menu_button_set_label (self->problems_button, label);
  gtk_label_set_label (self->problems_label, shown);
}

static void
problem_activated_cb (EklImportDialog *self, GtkListBoxRow *row)
{
  const guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), PROBLEM_ROW));

  gtk_menu_button_popdown (self->problems_button);
  gtk_stack_set_visible_child_name (self->views, "rows");
  if (number > 0)
    ekl_import_table_show_row (self->table, number - 1);
}

/* ---- following the import ---- */

static void
table_changed_cb (EklImportDialog *self)
{
  gtk_stack_set_visible_child_name (self->pages, "table");
  show_extent (self);
  show_problems (self);
}

static void
plan_changed_cb (EklImportDialog *self)
{
  if (ekl_import_get_table (self->import) == NULL)
    gtk_stack_set_visible_child_name (self->pages, "failed");
  show_verdict (self);
  show_problems (self);
}

static void
slow_cb (gpointer user_data)
{
  EklImportDialog *self = user_data;
  double fraction;

  self->slow_source = 0;
  gtk_spinner_start (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar),
                          ekl_import_is_reading (self->import, &fraction));
}

static void
busy_changed_cb (EklImportDialog *self)
{
  const gboolean busy = ekl_import_is_busy (self->import);
  double fraction;
  const gboolean reading = ekl_import_is_reading (self->import, &fraction);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.accept",
                                 ekl_import_is_ready (self->import));
  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  if (!reading)
    gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  if (busy && self->slow_source == 0 && !gtk_spinner_get_spinning (self->spinner))
    self->slow_source = g_timeout_add_once (SLOW_MS, slow_cb, self);
  if (!busy) {
    g_clear_handle_id (&self->slow_source, g_source_remove);
    gtk_spinner_stop (self->spinner);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->remembered_box),
                          ekl_import_is_remembered (self->import));
}

static void
forget_cb (EklImportDialog *self)
{
  ekl_import_forget (self->import);
}

static void
refused_cb (EklImportDialog *self, const char *why)
{
  g_autofree char *escaped = g_markup_escape_text (why, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
accept_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  EklImportDialog *self = EKL_IMPORT_DIALOG (widget);

  if (!ekl_import_is_ready (self->import))
    return;
  g_signal_emit (self, accepted_signal, 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- the object ---- */

static gboolean
ekl_import_dialog_close_request (GtkWindow *window)
{
  ekl_import_close (EKL_IMPORT_DIALOG (window)->import);
  return GTK_WINDOW_CLASS (ekl_import_dialog_parent_class)->close_request (window);
}

static void
ekl_import_dialog_dispose (GObject *object)
{
  EklImportDialog *self = EKL_IMPORT_DIALOG (object);

  g_clear_handle_id (&self->slow_source, g_source_remove);
  if (self->import != NULL) {
    g_signal_handlers_disconnect_by_data (self->import, self);
    ekl_import_close (self->import);
  }
  g_clear_object (&self->import);
  g_clear_object (&self->defaults);
  G_OBJECT_CLASS (ekl_import_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, remembered_box);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, file_rows);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, data_rows);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, views);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, table);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, column_list);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, extent_label);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, notes_label);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, problems_button);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, problems_label);
  gtk_widget_class_bind_template_child (widget_class, EklImportDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_activated_cb);
}

static void
ekl_import_dialog_class_init (EklImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ekl_import_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ekl_import_dialog_close_request;
  accepted_signal = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "import.accept", NULL, accept_cb);

  g_type_ensure (EKL_TYPE_IMPORT_TABLE);
  g_type_ensure (EKL_TYPE_COLUMN_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-import-dialog.ui");
  bind_template (widget_class);
}

static void
ekl_import_dialog_init (EklImportDialog *self)
{
  self->defaults = ekl_experiment_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_rows (EklImportDialog *self)
{
  EklExperiment *settings = ekl_import_get_settings (self->import);

  for (guint i = 0; i < G_N_ELEMENTS (file_fields); i++)
    gtk_list_box_append (self->file_rows, ekl_format_row_new (self->import, file_fields[i]));
  for (guint i = 0; i < G_N_ELEMENTS (data_settings); i++)
    if (ekl_experiment_find_setting (data_settings[i]) != NULL)
      gtk_list_box_append (self->data_rows, GTK_WIDGET (ekl_setting_row_new_for (
                                              settings, self->defaults, data_settings[i])));
}

/**
 * ekl_import_dialog_new:
 * @parent: (nullable): the window it is for
 * @import: a file, not yet read
 *
 * Returns: (transfer floating): a dialog, which begins to read
 */
GtkWidget *
ekl_import_dialog_new (GtkWindow *parent, EklImport *import)
{
  EklImportDialog *self = g_object_new (EKL_TYPE_IMPORT_DIALOG, "transient-for", parent,
                                        "destroy-with-parent", TRUE, NULL);
  g_autofree char *name = g_path_get_basename (ekl_import_get_path (import));

  self->import = g_object_ref (import);
  adw_window_title_set_subtitle (self->window_title, name);
  ekl_import_table_set_import (self->table, import);
  ekl_column_list_set_import (self->column_list, import);
  add_rows (self);
  g_signal_connect_object (import, "table-changed", G_CALLBACK (table_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (import, "plan-changed", G_CALLBACK (plan_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (import, "busy-changed", G_CALLBACK (busy_changed_cb), self,
                           G_CONNECT_SWAPPED);
  ekl_import_start (import);
  return GTK_WIDGET (self);
}

/**
 * ekl_import_dialog_get_import:
 *
 * Returns: (transfer none): what the dialog is about
 */
EklImport *
ekl_import_dialog_get_import (EklImportDialog *self)
{
  return self->import;
}
