/* ekl-import-table.c - the first rows of a table, with what is chosen about its columns in the heads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-import-table.h"

#include "column_text.h"
#include "ekl-column-head.h"

#include <glib/gi18n.h>

/* A column view's own heads hold no widgets. Ours stand in a row above, as wide as the columns, and
 * share their horizontal adjustment. */
struct _EklImportTable {
  AdwBin parent_instance;

  GtkScrolledWindow *head_scroller;
  GtkBox *heads;
  GtkScrolledWindow *row_scroller;
  GtkColumnView *view;

  EklImport *import;
  GtkStringList *rows;                               /* the view's */
  guint rows_source;                                 /* adds the rest of them */
  GHashTable *bound;                                 /* GtkListItem of a cell -> its factory */
  guint n_shown;                                     /* columns */
  guint column[EKL_IMPORT_TABLE_MAX_COLUMNS];        /* of the table, from 0 */
  EklColumnHead *head[EKL_IMPORT_TABLE_MAX_COLUMNS]; /* owned by the box */
};

G_DEFINE_FINAL_TYPE (EklImportTable, ekl_import_table, ADW_TYPE_BIN)

static guint refused_signal;

#define COLUMN_KEY       "ekl-column"
#define LINE_CHARS       6
#define FIRST_ROWS       30
#define ROWS_AT_A_TIME   10
#define ROWS_INTERVAL_MS 30

static const char *const cell_classes[] = { "missing", "bad", "target", "ignored" };

/* ---- cells ---- */

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EklImportTable *self)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  /* thousands of them: what a label asks for is not worth finding out */
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
show_cell (GtkInscription *label, const char *text, EklCellState state)
{
  const gboolean is_bad = state == EKL_CELL_IS_BAD;
  g_autofree char *shown = NULL;
  g_autofree char *why = NULL;

  if (state == EKL_CELL_IS_MISSING && (text == NULL || *text == '\0'))
    shown = g_strdup (_ ("empty"));
  else
    shown = g_strdup_printf (is_bad ? "⚠ %s" : "%s", text != NULL ? text : "");
  if (is_bad)
    why = g_strdup_printf (_ ("“%s” does not fit its column"), text != NULL ? text : "");
  else if (state == EKL_CELL_IS_MISSING)
    why = g_strdup (_ ("a missing value"));
  gtk_inscription_set_text (label, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), why);
}

static void
bind_cell (EklImportTable *self, GtkListItem *item, gpointer factory)
{
  const guint column = GPOINTER_TO_UINT (g_object_get_data (factory, COLUMN_KEY));
  const guint row = gtk_list_item_get_position (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  EklTable *table = ekl_import_get_table (self->import);
  EklCellState state = EKL_CELL_GOOD;
  gboolean has_class[G_N_ELEMENTS (cell_classes)] = { 0 };

  if (table == NULL || row >= ekl_table_get_n_preview_rows (table) ||
      column >= ekl_table_get_n_columns (table))
    return;
  state = ekl_table_get_cell_state (table, row, column);
  show_cell (GTK_INSCRIPTION (label), ekl_table_get_preview_text (table, row, column), state);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (label),
                              ekl_table_get_column_type (table, column) == EKL_COLUMN_CATEGORY ? 0
                                                                                               : 1);
  has_class[0] = state == EKL_CELL_IS_MISSING;
  has_class[1] = state == EKL_CELL_IS_BAD;
  has_class[2] = ekl_import_get_role (self->import, column) == EKL_ROLE_TARGET;
  has_class[3] = ekl_import_get_role (self->import, column) == EKL_ROLE_IGNORED;
  for (guint i = 0; i < G_N_ELEMENTS (cell_classes); i++) {
    if (has_class[i])
      gtk_widget_add_css_class (label, cell_classes[i]);
    else
      gtk_widget_remove_css_class (label, cell_classes[i]);
  }
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EklImportTable *self)
{
  g_hash_table_insert (self->bound, item, factory);
  bind_cell (self, item, factory);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EklImportTable *self)
{
  g_hash_table_remove (self->bound, item);
}

static void
bind_line_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EklImportTable *self)
{
  EklTable *table = ekl_import_get_table (self->import);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;

  if (table == NULL || gtk_list_item_get_position (item) >= ekl_table_get_n_rows (table))
    return;
  text = g_strdup_printf ("%" G_GSIZE_FORMAT,
                          ekl_table_get_row_line (table, gtk_list_item_get_position (item)));
  gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (label), 1);
  gtk_widget_add_css_class (label, "line");
}

/* ---- columns ---- */

static guint
get_shown (EklImportTable *self, EklColumnHead *head)
{
  guint i = 0;

  while (i < self->n_shown && self->head[i] != head)
    i++;
  return i;
}

static void
role_chosen_cb (EklImportTable *self, guint role, EklColumnHead *head)
{
  const guint i = get_shown (self, head);
  g_autoptr (GError) error = NULL;

  if (i == self->n_shown)
    return;
  if (!ekl_import_set_role (self->import, &self->column[i], 1, role, &error) && error != NULL) {
    g_signal_emit (self, refused_signal, 0, error->message);
    ekl_column_head_show (
      head, ekl_table_get_column_name (ekl_import_get_table (self->import), self->column[i]),
      ekl_import_get_column_type (self->import, self->column[i]),
      ekl_import_get_role (self->import, self->column[i]), NULL);
  }
}

static void
type_chosen_cb (EklImportTable *self, guint type, EklColumnHead *head)
{
  const guint i = get_shown (self, head);

  if (i < self->n_shown)
    ekl_import_set_column_type (self->import, &self->column[i], 1, type);
}

static void
show_heads (EklImportTable *self)
{
  EklTable *table = ekl_import_get_table (self->import);

  for (guint i = 0; i < self->n_shown; i++) {
    const guint c = self->column[i];
    g_autofree char *remark = ekl_column_describe (self->import, c);

    ekl_column_head_show (self->head[i], ekl_table_get_column_name (table, c),
                          ekl_table_get_column_type (table, c),
                          ekl_import_get_role (self->import, c), remark);
  }
}

/* The first columns, and the targets wherever they are. */
static void
choose_columns (EklImportTable *self)
{
  const guint n = ekl_import_get_n_columns (self->import);
  guint n_targets = 0;

  for (guint c = EKL_IMPORT_TABLE_MAX_COLUMNS; c < n; c++)
    n_targets += ekl_import_get_role (self->import, c) == EKL_ROLE_TARGET;
  n_targets = MIN (n_targets, EKL_IMPORT_TABLE_MAX_COLUMNS / 2);
  self->n_shown = 0;
  for (guint c = 0; c < MIN (n, EKL_IMPORT_TABLE_MAX_COLUMNS - n_targets); c++)
    self->column[self->n_shown++] = c;
  for (guint c = self->n_shown; c < n && self->n_shown < EKL_IMPORT_TABLE_MAX_COLUMNS; c++)
    if (n <= EKL_IMPORT_TABLE_MAX_COLUMNS ||
        ekl_import_get_role (self->import, c) == EKL_ROLE_TARGET)
      self->column[self->n_shown++] = c;
}

static void
append_column (EklImportTable *self, GCallback bind_cb, guint column, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (NULL, factory);

  g_object_set_data (G_OBJECT (factory), COLUMN_KEY, GUINT_TO_POINTER (column));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cell_cb), self, 0);
  g_signal_connect_object (factory, "bind", bind_cb, self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cell_cb), self, 0);
  gtk_column_view_column_set_fixed_width (view_column, width);
  gtk_column_view_append_column (self->view, view_column);
}

static int
get_natural_width (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
remove_columns (EklImportTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkWidget *child;

  g_clear_handle_id (&self->rows_source, g_source_remove);
  gtk_column_view_set_model (self->view, NULL);
  while (g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

    gtk_column_view_remove_column (self->view, column);
  }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->heads))) != NULL)
    gtk_box_remove (self->heads, child);
}

static void
add_line_column (EklImportTable *self)
{
  GtkWidget *head = gtk_label_new (_ ("Line"));
  int width;

  gtk_label_set_width_chars (GTK_LABEL (head), LINE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (head), 1);
  gtk_label_set_yalign (GTK_LABEL (head), 0);
  gtk_widget_add_css_class (head, "column-head");
  gtk_widget_add_css_class (head, "line");
  gtk_box_append (self->heads, head);
  width = get_natural_width (head);
  gtk_widget_set_size_request (head, width, -1);
  append_column (self, G_CALLBACK (bind_line_cb), 0, width);
}

static void
add_column (EklImportTable *self, guint i)
{
  GtkWidget *head = ekl_column_head_new ();

  self->head[i] = EKL_COLUMN_HEAD (head);
  g_signal_connect_object (head, "role-chosen", G_CALLBACK (role_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (head, "type-chosen", G_CALLBACK (type_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->heads, head);
}

static void
append_rows (EklImportTable *self, guint n)
{
  /* a cell knows its place, which is all there is to know of it */
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (self->rows, "");
}

static guint
count_missing_rows (EklImportTable *self)
{
  EklTable *table = ekl_import_get_table (self->import);
  const guint n = table != NULL ? ekl_table_get_n_preview_rows (table) : 0;
  const guint n_there = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  return n > n_there ? n - n_there : 0;
}

/* A view makes the widgets of all its rows at once, thousands of them: some rows at a time, and nothing
 * else has to wait for long. */
static gboolean
add_rows_cb (gpointer user_data)
{
  EklImportTable *self = user_data;
  const guint n_missing = count_missing_rows (self);

  if (n_missing > 0) {
    append_rows (self, MIN (ROWS_AT_A_TIME, n_missing));
    return G_SOURCE_CONTINUE;
  }
  self->rows_source = 0;
  return G_SOURCE_REMOVE;
}

static void
show_rows (EklImportTable *self)
{
  EklTable *table = ekl_import_get_table (self->import);
  g_autoptr (GtkNoSelection) model = NULL;

  g_clear_handle_id (&self->rows_source, g_source_remove);
  self->rows = gtk_string_list_new (NULL);
  append_rows (self, table != NULL ? MIN (FIRST_ROWS, ekl_table_get_n_preview_rows (table)) : 0);
  model = gtk_no_selection_new (G_LIST_MODEL (self->rows));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  self->rows_source = g_timeout_add (ROWS_INTERVAL_MS, add_rows_cb, self);
}

static void
rebuild (EklImportTable *self)
{
  remove_columns (self);
  choose_columns (self);
  add_line_column (self);
  for (guint i = 0; i < self->n_shown; i++)
    add_column (self, i);
  show_heads (self);
  for (guint i = 0; i < self->n_shown; i++) {
    const int width = get_natural_width (GTK_WIDGET (self->head[i]));

    gtk_widget_set_size_request (GTK_WIDGET (self->head[i]), width, -1);
    append_column (self, G_CALLBACK (bind_cell_cb), self->column[i], width);
  }
  show_rows (self);
}

static gboolean
has_same_columns (EklImportTable *self)
{
  guint former[EKL_IMPORT_TABLE_MAX_COLUMNS];
  const guint n = self->n_shown;

  memcpy (former, self->column, sizeof former);
  choose_columns (self);
  return self->n_shown == n && memcmp (former, self->column, n * sizeof *former) == 0;
}

static void
table_changed_cb (EklImportTable *self)
{
  rebuild (self);
}

/* The same cells with other marks: those that there are widgets of. */
static void
show_marks (EklImportTable *self)
{
  GHashTableIter cells;
  gpointer item, factory;

  g_hash_table_iter_init (&cells, self->bound);
  while (g_hash_table_iter_next (&cells, &item, &factory))
    bind_cell (self, item, factory);
}

static void
plan_changed_cb (EklImportTable *self)
{
  if (ekl_import_get_table (self->import) == NULL)
    return;
  if (!has_same_columns (self)) {
    rebuild (self);
    return;
  }
  show_heads (self);
  show_marks (self);
}

static void
ekl_import_table_dispose (GObject *object)
{
  EklImportTable *self = EKL_IMPORT_TABLE (object);

  g_clear_handle_id (&self->rows_source, g_source_remove);
  g_clear_object (&self->import);
  G_OBJECT_CLASS (ekl_import_table_parent_class)->dispose (object);
}

static void
ekl_import_table_finalize (GObject *object)
{
  g_hash_table_unref (EKL_IMPORT_TABLE (object)->bound);
  G_OBJECT_CLASS (ekl_import_table_parent_class)->finalize (object);
}

static void
ekl_import_table_class_init (EklImportTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ekl_import_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = ekl_import_table_finalize;
  refused_signal = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-import-table.ui");
  gtk_widget_class_bind_template_child (widget_class, EklImportTable, head_scroller);
  gtk_widget_class_bind_template_child (widget_class, EklImportTable, heads);
  gtk_widget_class_bind_template_child (widget_class, EklImportTable, row_scroller);
  gtk_widget_class_bind_template_child (widget_class, EklImportTable, view);
}

static void
ekl_import_table_init (EklImportTable *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* the view's own heads */
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self->view)), FALSE);
  gtk_scrolled_window_set_hadjustment (self->head_scroller,
                                       gtk_scrolled_window_get_hadjustment (self->row_scroller));
}

/**
 * ekl_import_table_set_import:
 * @import: what is shown
 */
void
ekl_import_table_set_import (EklImportTable *self, EklImport *import)
{
  g_return_if_fail (self->import == NULL);

  self->import = g_object_ref (import);
  g_signal_connect_object (import, "table-changed", G_CALLBACK (table_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (import, "plan-changed", G_CALLBACK (plan_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ekl_import_table_show_row:
 * @row: of the data, from 0
 *
 * Scrolls to a row, where it is among the first ones.
 */
void
ekl_import_table_show_row (EklImportTable *self, guint row)
{
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  if (self->rows_source != 0)
    append_rows (self, count_missing_rows (self));
  if (self->rows != NULL && row < g_list_model_get_n_items (G_LIST_MODEL (self->rows)))
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", row);
}
