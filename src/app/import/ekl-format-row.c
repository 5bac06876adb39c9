/* ekl-format-row.c - one thing about how a file is written: found by itself, or said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-format-row.h"

#include "ekl-wrap-layout.h"

#include <glib/gi18n.h>

struct _EklFormatRow {
  AdwPreferencesRow parent_instance;

  GtkLabel *title_label;
  GtkDropDown *drop_down;
  GtkLabel *doubt_label;

  EklImport *import;
  EklCsvField field;
  GtkStringList *names;
  gboolean showing; /* the drop-down follows, and is not asked */
};

G_DEFINE_FINAL_TYPE (EklFormatRow, ekl_format_row, ADW_TYPE_PREFERENCES_ROW)

#define MAX_CHOICES 7

typedef struct {
  int value; /* as in EklCsvFormat; the first is automatic */
  const char *name;
} Choice;

typedef struct {
  const char *title;
  const char *help;
  Choice choices[MAX_CHOICES]; /* as many as have names */
} Field;

static const Field fields[EKL_CSV_N_FIELDS] = {
  [EKL_CSV_FIELD_ENCODING] = { N_ ("Encoding"),
                               N_ ("How characters are written as bytes."),
                               { { EKL_CSV_ENCODING_AUTOMATIC, N_ ("Automatic") },
                                 { EKL_CSV_ENCODING_UTF_8, "UTF-8" },
                                 { EKL_CSV_ENCODING_UTF_16LE, "UTF-16 LE" },
                                 { EKL_CSV_ENCODING_UTF_16BE, "UTF-16 BE" },
                                 { EKL_CSV_ENCODING_WINDOWS_1252, N_ ("Latin-1") } } },
  [EKL_CSV_FIELD_DELIMITER] = { N_ ("Delimiter"),
                                N_ ("What stands between two cells."),
                                { { EKL_CSV_AUTOMATIC, N_ ("Automatic") },
                                  { ',', N_ ("Comma") },
                                  { ';', N_ ("Semicolon") },
                                  { '\t', N_ ("Tab") },
                                  { '|', N_ ("Bar") },
                                  { ' ', N_ ("Spaces") },
                                  { EKL_CSV_NONE, N_ ("None: one column") } } },
  [EKL_CSV_FIELD_DECIMAL] = { N_ ("Decimal mark"),
                              N_ ("What stands before the fraction of a number."),
                              { { EKL_CSV_AUTOMATIC, N_ ("Automatic") },
                                { '.', N_ ("Point") },
                                { ',', N_ ("Comma") } } },
  [EKL_CSV_FIELD_THOUSANDS] = { N_ ("Thousands mark"),
                                N_ ("What groups the digits of large numbers."),
                                { { EKL_CSV_AUTOMATIC, N_ ("Automatic") },
                                  { EKL_CSV_NONE, N_ ("None") },
                                  { ',', N_ ("Comma") },
                                  { '.', N_ ("Point") },
                                  { ' ', N_ ("Space") },
                                  { '\'', N_ ("Apostrophe") } } },
  [EKL_CSV_FIELD_QUOTE] = { N_ ("Quotation marks"),
                            N_ ("What stands around cells with a delimiter or an end of line."),
                            { { EKL_CSV_AUTOMATIC, N_ ("Automatic") },
                              { '"', N_ ("Double") },
                              { '\'', N_ ("Single") },
                              { EKL_CSV_NONE, N_ ("None") } } },
  [EKL_CSV_FIELD_COMMENT] = { N_ ("Comment mark"),
                              N_ ("What a line to leave out begins with."),
                              { { EKL_CSV_AUTOMATIC, N_ ("Automatic") },
                                { EKL_CSV_NONE, N_ ("None") },
                                { '#', N_ ("#") },
                                { '%', N_ ("%") } } },
  [EKL_CSV_FIELD_HEADER] = { N_ ("First line"),
                             N_ ("Whether the first line names the columns."),
                             { { EKL_CSV_HEADER_AUTOMATIC, N_ ("Automatic") },
                               { EKL_CSV_HEADER_YES, N_ ("Names") },
                               { EKL_CSV_HEADER_NO, N_ ("Data") } } },
};

static guint
count_choices (const Field *field)
{
  guint n = 0;

  while (n < MAX_CHOICES && field->choices[n].name != NULL)
    n++;
  return n;
}

/* The fields of a format are of two kinds, and each is an int in its way. */
static int
get_value (const EklCsvFormat *format, EklCsvField field)
{
  switch (field) {
  case EKL_CSV_FIELD_ENCODING:
    return (int) format->encoding;
  case EKL_CSV_FIELD_DELIMITER:
    return format->delimiter;
  case EKL_CSV_FIELD_DECIMAL:
    return format->decimal;
  case EKL_CSV_FIELD_THOUSANDS:
    return format->thousands;
  case EKL_CSV_FIELD_QUOTE:
    return format->quote;
  case EKL_CSV_FIELD_COMMENT:
    return format->comment;
  case EKL_CSV_FIELD_HEADER:
  default:
    return (int) format->header;
  }
}

static void
set_value (EklCsvFormat *format, EklCsvField field, int value)
{
  int *const characters[EKL_CSV_N_FIELDS] = {
    [EKL_CSV_FIELD_DELIMITER] = &format->delimiter, [EKL_CSV_FIELD_DECIMAL] = &format->decimal,
    [EKL_CSV_FIELD_THOUSANDS] = &format->thousands, [EKL_CSV_FIELD_QUOTE] = &format->quote,
    [EKL_CSV_FIELD_COMMENT] = &format->comment,
  };

  if (field == EKL_CSV_FIELD_ENCODING)
    format->encoding = (EklCsvEncoding) value;
  else if (field == EKL_CSV_FIELD_HEADER)
    format->header = (EklCsvHeader) value;
  else
    *characters[field] = value;
}

/* Another character than those in the list, of a setting made elsewhere, is shown as automatic's name. */
static guint
find_choice (const Field *field, int value)
{
  const guint n = count_choices (field);

  for (guint i = 0; i < n; i++)
    if (field->choices[i].value == value)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
selected_cb (EklFormatRow *self)
{
  const guint selected = gtk_drop_down_get_selected (self->drop_down);
  EklCsvFormat format = *ekl_import_get_format (self->import);

  if (self->showing || selected >= count_choices (&fields[self->field]))
    return;
  set_value (&format, self->field, fields[self->field].choices[selected].value);
  ekl_import_set_format (self->import, &format);
}

/* "Automatic (semicolon)" */
static char *
name_automatic (EklFormatRow *self)
{
  const Field *field = &fields[self->field];
  EklTable *table = ekl_import_get_table (self->import);
  const EklCsvFormat *found = table != NULL ? ekl_table_get_csv_format (table) : NULL;
  const guint choice =
    found != NULL ? find_choice (field, get_value (found, self->field)) : GTK_INVALID_LIST_POSITION;
  g_autofree char *lower = NULL;

  if (choice == 0 || choice == GTK_INVALID_LIST_POSITION ||
      ekl_csv_format_is_set (ekl_import_get_format (self->import), self->field))
    return g_strdup (_ ("Automatic"));
  lower = self->field == EKL_CSV_FIELD_ENCODING
            ? g_strdup (_ (field->choices[choice].name))
            : g_utf8_strdown (_ (field->choices[choice].name), -1);
  return g_strdup_printf (_ ("Automatic (%s)"), lower);
}

static void
show_doubt (EklFormatRow *self)
{
  EklTable *table = ekl_import_get_table (self->import);
  const char *doubt = table != NULL ? ekl_table_get_csv_doubt (table, self->field) : NULL;
  g_autofree char *text = doubt != NULL ? g_strdup_printf (_ ("A guess: %s"), doubt) : NULL;

  gtk_label_set_label (self->doubt_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->doubt_label), doubt != NULL);
}

static void
show (EklFormatRow *self)
{
  g_autofree char *automatic = name_automatic (self);

  self->showing = TRUE;
  if (!g_str_equal (automatic, gtk_string_list_get_string (self->names, 0)))
    gtk_string_list_splice (self->names, 0, 1, (const char *const[]){ automatic, NULL });
  gtk_drop_down_set_selected (
    self->drop_down, find_choice (&fields[self->field],
                                  get_value (ekl_import_get_format (self->import), self->field)));
  self->showing = FALSE;
  show_doubt (self);
}

static void
ekl_format_row_dispose (GObject *object)
{
  EklFormatRow *self = EKL_FORMAT_ROW (object);

  g_clear_object (&self->import);
  g_clear_object (&self->names);
  G_OBJECT_CLASS (ekl_format_row_parent_class)->dispose (object);
}

static void
ekl_format_row_class_init (EklFormatRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ekl_format_row_dispose;
  g_type_ensure (EKL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-format-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EklFormatRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, EklFormatRow, drop_down);
  gtk_widget_class_bind_template_child (widget_class, EklFormatRow, doubt_label);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
ekl_format_row_init (EklFormatRow *self)
{
  self->showing = TRUE;
  self->names = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ekl_format_row_new:
 * @import: what is asked, and told
 * @field: which part of the format
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
ekl_format_row_new (EklImport *import, EklCsvField field)
{
  EklFormatRow *self = g_object_new (EKL_TYPE_FORMAT_ROW, NULL);
  const char *title = _ (fields[field].title);

  self->import = g_object_ref (import);
  self->field = field;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ (fields[field].help));
  for (guint i = 0; i < count_choices (&fields[field]); i++)
    gtk_string_list_append (self->names, _ (fields[field].choices[i].name));
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (self->names));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->drop_down))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    _ (fields[field].help), -1);
  g_signal_connect_object (import, "table-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (import, "busy-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
