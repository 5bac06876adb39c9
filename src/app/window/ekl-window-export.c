/* ekl-window-export.c - figures to files and to the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define FIGURE_KEY "ekl-figure"
#define SUFFIX_KEY "ekl-suffix"
#define ALL_SERIES "series" /* all series of the run as one CSV */

static EklPlotPanel *
find_panel (EklWindow *self, const char *figure)
{
  if (g_str_equal (figure, ALL_SERIES))
    return self->panel[EKL_FIGURE_LOSS];
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    if (g_str_equal (figure, ekl_figure_kind_get_name (kind)))
      return self->panel[kind];
  return NULL;
}

static char *
make_heading (EklWindow *self, EklPlotPanel *panel)
{
  g_autofree char *title = ekl_workbench_make_title (self->workbench);
  guint64 step;

  if (panel != self->panel[EKL_FIGURE_LOSS] && ekl_workbench_get_past (self->workbench, &step)) {
    g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, step);

    return g_strdup_printf (_ ("%s: %s at step %s"), title, ekl_plot_panel_get_title (panel),
                            number);
  }
  return g_strdup_printf ("%s: %s", title, ekl_plot_panel_get_title (panel));
}

/**
 * ekl_window_make_file_name:
 *
 * Returns: (transfer full): a name to suggest: "Boston housing" and ".ekilab" make
 *   boston-housing.ekilab
 */
char *
ekl_window_make_file_name (EklWindow *self, const char *ending)
{
  g_autofree char *title = ekl_workbench_make_title (self->workbench);
  g_autofree char *lower = g_utf8_strdown (title, -1);

  g_strdelimit (lower, " /\\:*?\"<>|", '-');
  return g_strconcat (lower, ending, NULL);
}

static char *
make_file_name (EklWindow *self, const char *figure)
{
  g_autofree char *ending =
    g_strdup_printf ("-%s.%s", figure, g_str_equal (figure, ALL_SERIES) ? "csv" : "png");

  return ekl_window_make_file_name (self, g_str_equal (figure, "all") ? ".png" : ending);
}

/* boston.png and "loss" make boston-loss.png */
static char *
insert_before_ending (const char *path, const char *figure)
{
  const char *slash = strrchr (path, G_DIR_SEPARATOR);
  const char *dot = strrchr (path, '.');

  if (dot == NULL || (slash != NULL && dot < slash))
    dot = path + strlen (path);
  return g_strdup_printf ("%.*s-%s%s", (int) (dot - path), path, figure, dot);
}

static gboolean
write_panel (EklWindow *self, EklPlotPanel *panel, const char *path, GError **error)
{
  g_autofree char *heading = make_heading (self, panel);

  return ekl_plot_panel_write (panel, path, heading, error);
}

/* The files that an export makes: one, or four with the figures' names in theirs. */
static char **
list_paths (EklWindow *self, const char *figure, const char *path)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  if (find_panel (self, figure) != NULL)
    g_strv_builder_add (paths, path);
  for (guint kind = 0; kind < EKL_N_FIGURES && find_panel (self, figure) == NULL; kind++) {
    g_autofree char *one = insert_before_ending (path, ekl_figure_kind_get_name (kind));

    g_strv_builder_add (paths, one);
  }
  return g_strv_builder_end (paths);
}

/* As they are shown. */
static gboolean
write_figures (EklWindow *self, const char *figure, const char *path, GError **error)
{
  g_auto (GStrv) paths = list_paths (self, figure, path);
  EklPlotPanel *panel = find_panel (self, figure);

  for (guint k = 0; paths[k] != NULL; k++)
    if (!write_panel (self, panel != NULL ? panel : self->panel[k], paths[k], error))
      return FALSE;
  return TRUE;
}

/**
 * ekl_window_export_to:
 * @figure: a figure's name, or anything else for four files
 * @path: the ending chooses PNG, SVG, PDF or CSV
 *
 * Writes figures as they are shown, and says what was written, or why not.
 */
void
ekl_window_export_to (EklWindow *self, const char *figure, const char *path)
{
  g_auto (GStrv) paths = list_paths (self, figure, path);
  g_autofree char *name = g_filename_display_basename (paths[0]);
  const guint more = g_strv_length (paths) - 1;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!write_figures (self, figure, path, &error)) {
    ekl_window_show_message (self, error->message);
    return;
  }
  if (more > 0)
    text = g_strdup_printf (
      g_dngettext (NULL, "Saved %s and %u more file.", "Saved %s and %u more files.", more), name,
      more);
  else
    text = g_strdup_printf (_ ("Saved %s."), name);
  ekl_window_show_message (self, text);
}

/* Somebody who has chosen the kind of file in the list, and left the name as it was suggested, means
 * the kind. */
static char *
follow_filter (GtkFileChooser *chooser, const char *path)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  const char *suffix = filter != NULL ? g_object_get_data (G_OBJECT (filter), SUFFIX_KEY) : NULL;
  const char *slash = strrchr (path, G_DIR_SEPARATOR), *dot = strrchr (path, '.');

  if (suffix == NULL || g_str_has_suffix (path, suffix))
    return g_strdup (path);
  if (dot == NULL || (slash != NULL && dot < slash))
    return g_strdup_printf ("%s.%s", path, suffix);
  if (!g_str_has_suffix (path, ".png"))
    return g_strdup (path);
  return g_strdup_printf ("%.*s.%s", (int) (dot - path), path, suffix);
}

/* ---- the chooser has asked about the name that was typed, but other files may be written ---- */

typedef struct {
  EklWindow *window;
  char *figure, *path;
} Export;

static void
export_free (gpointer data, GClosure *closure)
{
  Export *self = data;

  g_free (self->figure);
  g_free (self->path);
  g_free (self);
}

static void
replace_cb (AdwMessageDialog *dialog, const char *response, Export *self)
{
  if (g_str_equal (response, "replace"))
    ekl_window_export_to (self->window, self->figure, self->path);
}

static void
ask (EklWindow *self, const char *figure, const char *path, GPtrArray *names)
{
  Export *export = g_new0 (Export, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Replace Files?"), NULL);
  g_autofree char *list = NULL;

  *export = (Export){ self, g_strdup (figure), g_strdup (path) };
  g_ptr_array_add (names, NULL);
  list = g_strjoinv ("\n", (char **) names->pdata);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "replace",
                                    _ ("Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (replace_cb), export, export_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * ekl_window_export_carefully:
 * @figure: a figure's name, or "all" for four files
 * @path: the ending chooses PNG, SVG, PDF or CSV
 * @typed: the name in the chooser, which asked about it
 *
 * Writes figures, after a question where that replaces other files than @typed.
 */
void
ekl_window_export_carefully (EklWindow *self,
                             const char *figure,
                             const char *path,
                             const char *typed)
{
  g_auto (GStrv) paths = list_paths (self, figure, path);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint k = 0; paths[k] != NULL; k++)
    if (!g_str_equal (paths[k], typed) && g_file_test (paths[k], G_FILE_TEST_EXISTS))
      g_ptr_array_add (names, g_filename_display_basename (paths[k]));
  if (names->len > 0)
    ask (self, figure, path, names);
  else
    ekl_window_export_to (self, figure, path);
}

static void
response_cb (GtkNativeDialog *dialog, int response, EklWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *typed = file != NULL ? g_file_get_path (file) : NULL;
    g_autofree char *path = typed != NULL ? follow_filter (GTK_FILE_CHOOSER (dialog), typed) : NULL;

    if (path != NULL)
      ekl_window_export_carefully (self, g_object_get_data (G_OBJECT (dialog), FIGURE_KEY), path,
                                   typed);
  }
  ekl_window_end_asking (self);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  g_object_set_data_full (G_OBJECT (filter), SUFFIX_KEY, g_strdup (suffix), g_free);
  gtk_file_chooser_add_filter (chooser, filter);
}

/**
 * ekl_window_export:
 * @figure: a figure's name, "all" for four files, or "series" for all series of the run as a CSV
 *
 * Asks for a file name and writes; the ending chooses PNG, SVG, PDF or CSV.
 */
void
ekl_window_export (EklWindow *self, const char *figure)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Export Figure"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export"), _ ("Cancel"));
  g_autofree char *name = make_file_name (self, figure);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  if (!g_str_equal (figure, ALL_SERIES)) {
    add_filter (GTK_FILE_CHOOSER (dialog), _ ("PNG picture (name.png)"), "png");
    add_filter (GTK_FILE_CHOOSER (dialog), _ ("SVG drawing (name.svg)"), "svg");
    add_filter (GTK_FILE_CHOOSER (dialog), _ ("PDF page (name.pdf)"), "pdf");
  }
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("CSV table of its numbers (name.csv)"), "csv");
  g_object_set_data_full (G_OBJECT (dialog), FIGURE_KEY, g_strdup (figure), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  ekl_window_ask (self, dialog);
}

/**
 * ekl_window_copy:
 * @figure: a figure's name
 *
 * Puts the figure on the clipboard, as a picture at twice the usual size.
 */
void
ekl_window_copy (EklWindow *self, const char *figure)
{
  EklPlotPanel *panel = find_panel (self, figure);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *heading = NULL;

  if (panel == NULL)
    return;
  heading = make_heading (self, panel);
  texture = ekl_plot_view_make_picture (ekl_plot_panel_get_view (panel), heading);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
}
