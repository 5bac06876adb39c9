/* ekl-column-list.c - all columns of a table to look through, and to choose for many at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-column-list.h"

#include "column_text.h"

#include <glib/gi18n.h>

/* The model holds the columns' numbers, as text: a string list is a model that is there. */
struct _EklColumnList {
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkLabel *count_label;
  GtkMenuButton *set_button;
  GtkColumnView *view;

  EklImport *import;
  GtkStringList *numbers;
  GtkCustomFilter *filter;
  GtkMultiSelection *selection;
};

G_DEFINE_FINAL_TYPE (EklColumnList, ekl_column_list, ADW_TYPE_BIN)

static guint refused_signal;

/* What a cell of the list says of a column. */
typedef char *(*TextFunc) (EklImport *import, guint column);

#define TEXT_KEY     "ekl-text"
#define NARROW_CHARS 9

static guint
get_column (GtkStringObject *item)
{
  return (guint) g_ascii_strtoull (gtk_string_object_get_string (item), NULL, 10);
}

/* ---- cells ---- */

static char *
get_number (EklImport *import, guint column)
{
  return g_strdup_printf ("%u", column + 1);
}

static char *
get_name (EklImport *import, guint column)
{
  return g_strdup (ekl_table_get_column_name (ekl_import_get_table (import), column));
}

static char *
get_role (EklImport *import, guint column)
{
  return g_strdup (ekl_column_role_to_text (ekl_import_get_role (import, column)));
}

static char *
get_type (EklImport *import, guint column)
{
  return g_strdup (ekl_column_type_to_text (ekl_import_get_column_type (import, column)));
}

static char *
get_remark (EklImport *import, guint column)
{
  char *text = ekl_column_describe (import, column);

  return g_strdelimit (text, "\n", ' ');
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (label), 1);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (label), NARROW_CHARS);
  gtk_list_item_set_child (item, label);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EklColumnList *self)
{
  const TextFunc get_text = g_object_get_data (G_OBJECT (factory), TEXT_KEY);
  const guint column = get_column (gtk_list_item_get_item (item));
  g_autofree char *text = NULL;

  if (column >= ekl_import_get_n_columns (self->import))
    return;
  text = get_text (self->import, column);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
add_view_column (EklColumnList *self, const char *title, TextFunc get_text, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_object_set_data (G_OBJECT (factory), TEXT_KEY, get_text);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cell_cb), self, 0);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

/* ---- looking for columns ---- */

static gboolean
matches (gpointer item, gpointer user_data)
{
  EklColumnList *self = user_data;
  const guint column = get_column (item);
  g_autofree char *wanted = NULL, *name = NULL;

  if (column >= ekl_import_get_n_columns (self->import))
    return FALSE;
  wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  name =
    g_utf8_casefold (ekl_table_get_column_name (ekl_import_get_table (self->import), column), -1);
  return strstr (name, wanted) != NULL;
}

static void
search_changed_cb (EklColumnList *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* ---- choosing for the selected ones ---- */

static GArray *
get_selected (EklColumnList *self)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++) {
    if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i)) {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      const guint column = get_column (item);

      g_array_append_val (columns, column);
    }
  }
  return columns;
}

static void
role_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklColumnList *self = user_data;
  g_autoptr (GArray) columns = get_selected (self);
  g_autoptr (GError) error = NULL;

  if (!ekl_import_set_role (self->import, (const guint *) columns->data, columns->len,
                            g_variant_get_uint32 (parameter), &error) &&
      error != NULL)
    g_signal_emit (self, refused_signal, 0, error->message);
}

static void
type_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklColumnList *self = user_data;
  g_autoptr (GArray) columns = get_selected (self);

  ekl_import_set_column_type (self->import, (const guint *) columns->data, columns->len,
                              g_variant_get_uint32 (parameter));
}

static void
selection_changed_cb (EklColumnList *self)
{
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  const guint n = (guint) gtk_bitset_get_size (selected);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u of %u column selected", "%u of %u columns selected",
                               ekl_import_get_n_columns (self->import)),
                     n, ekl_import_get_n_columns (self->import));

  gtk_label_set_label (self->count_label, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->set_button), n > 0);
}

/* ---- following the import ---- */

static void
table_changed_cb (EklColumnList *self)
{
  const guint n = ekl_import_get_n_columns (self->import);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) numbers = NULL;

  for (guint c = 0; c < n; c++) {
    g_autofree char *number = g_strdup_printf ("%u", c);

    g_strv_builder_add (builder, number);
  }
  numbers = g_strv_builder_end (builder);
  gtk_string_list_splice (self->numbers, 0, g_list_model_get_n_items (G_LIST_MODEL (self->numbers)),
                          (const char *const *) numbers);
  selection_changed_cb (self);
}

/* The same columns with other words: the selection stays. */
static void
plan_changed_cb (EklColumnList *self)
{
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GtkBitset) all =
    gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->selection)));

  gtk_column_view_set_model (self->view, NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, all);
}

static void
ekl_column_list_dispose (GObject *object)
{
  EklColumnList *self = EKL_COLUMN_LIST (object);

  /* the filter lives as long as the view does, and would ask */
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  self->filter = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->numbers);
  g_clear_object (&self->import);
  G_OBJECT_CLASS (ekl_column_list_parent_class)->dispose (object);
}

static void
ekl_column_list_class_init (EklColumnListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ekl_column_list_dispose;
  refused_signal = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-column-list.ui");
  gtk_widget_class_bind_template_child (widget_class, EklColumnList, search);
  gtk_widget_class_bind_template_child (widget_class, EklColumnList, count_label);
  gtk_widget_class_bind_template_child (widget_class, EklColumnList, set_button);
  gtk_widget_class_bind_template_child (widget_class, EklColumnList, view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
ekl_column_list_init (EklColumnList *self)
{
  static const GActionEntry entries[] = {
    { "role", role_cb, "u" },
    { "type", type_cb, "u" },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (actions));
}

/**
 * ekl_column_list_set_import:
 * @import: what is shown
 */
void
ekl_column_list_set_import (EklColumnList *self, EklImport *import)
{
  GtkFilterListModel *filtered;

  g_return_if_fail (self->import == NULL);

  self->import = g_object_ref (import);
  self->numbers = gtk_string_list_new (NULL);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->numbers)),
                                        GTK_FILTER (self->filter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (filtered));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  add_view_column (self, _ ("No."), get_number, FALSE);
  add_view_column (self, _ ("Name"), get_name, TRUE);
  add_view_column (self, _ ("Role"), get_role, FALSE);
  add_view_column (self, _ ("Type"), get_type, FALSE);
  add_view_column (self, _ ("Values"), get_remark, TRUE);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (import, "table-changed", G_CALLBACK (table_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (import, "plan-changed", G_CALLBACK (plan_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
