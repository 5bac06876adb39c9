/* monkey-files.c - what it opens, pastes, drops and writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "monkey.h"

#include <glib/gstdio.h>
#include <string.h>

static const struct {
  const char *name, *text;
  gssize size; /* 0: to the end of the text */
} hostile[] = {
  /* clang-format off */
  { "empty.csv", "" },
  { "newline.csv", "\n\n\n" },
  { "head.csv", "a,b,c\n" },
  { "one.csv", "a,b\n1,2\n" },
  { "two.csv", "a,b\n1,2\n3,4\n" },
  { "column.csv", "a\n1\n2\n3\n4\n" },
  { "constant.csv", "a,b\n1,5\n1,5\n1,5\n1,5\n1,5\n" },
  { "still.csv", "a,b\n1,5\n2,5\n3,5\n4,5\n5,5\n6,5\n" },
  { "huge.csv", "a,b\n1e308,-1e308\n-1e308,1e308\n1e307,2\n3,4\n5,1e308\n" },
  { "tiny.csv", "a,b\n1e-320,1e-310\n2e-320,0\n0,3e-320\n4e-321,1\n" },
  { "holes.csv", "a,b,c\n,,\n1,,3\n,2,\n4,5,\n7,8,9\n1,2,3\nNA,?,-\n" },
  { "words.csv", "a,b\nred,yes\ngreen,no\nblue,yes\nred,no\nblue,no\nred,yes\n" },
  { "alike.csv", "x,x,x\n1,2,3\n2,3,4\n3,4,5\n4,5,7\n" },
  { "markup.csv", "<b>&,\"<i>\",_x_\n1,2,3\n2,1,4\n3,5,1\n0,2,2\n" },
  { "quote.csv", "a,b\n\"1,2\n3,4\n5,6\n" },
  { "nul.csv", "a,b\n1,\0002\n3,4\n5,6\n", 16 },
  { "bytes.csv", "\377\376\200\201,b\n1,2\n\303,4\n", 0 },
  { "utf16.csv", "\377\376a\0,\0b\0\n\0001\0,\0002\0\n\0003\0,\0004\0\n\0005\0,\0007\0\n\0", 32 },
  { "german.csv", "x;y\n1,5;2,25\n2,5;6,25\n3,5;12,25\n4,5;20,25\n" },
  { "ragged.csv", "a,b,c\n1,2\n1,2,3,4\n\n5\n1,2,3\n2,3,4\n3,4,5\n" },
  { "classes.csv", "a,b,k\n1,2,0\n2,1,1\n3,4,2\n0,1,0\n5,2,1\n4,4,2\n1,1,0\n" },
  { "dates.csv", "day,price\n2020-01-01,$1,200\n2020-01-02,12%\n2020-01-03,-$5\n" },
  { "text.txt", "This is no table at all.\nIt says so.\n" },
  { "broken.ekilab", "[eki-lab]\nformat=1\n[run]\nseed=xyz\n" },
  { "nothing.ekilab", "" },
  { "wild.ekilab", "[data]\ndata=example:sine\n[ensemble]\nensemble-size=7\n[change 1]\nstep=2\n"
                   "setting=ensemble-size\nbefore=7\nafter=90\n[change 2]\nstep=4\n"
                   "setting=learning-rate\nbefore=0.05\nafter=3\n" },
  /* clang-format on */
};

/* Many columns and few rows, and many rows. */
static void
make_large (Monkey *self)
{
  g_autoptr (GString) wide = g_string_new (NULL), tall = g_string_new ("x,y,z\n");
  g_autofree char *wide_path = g_build_filename (self->folder, "wide.csv", NULL);
  g_autofree char *tall_path = g_build_filename (self->folder, "tall.csv", NULL);

  for (guint row = 0; row < 6; row++)
    for (guint column = 0; column < 120; column++)
      g_string_append_printf (wide, "%u%c", (row * 37 + column * 11) % 17,
                              column < 119 ? ',' : '\n');
  for (guint row = 0; row < 3000; row++)
    g_string_append_printf (tall, "%u,%u,%u\n", row * 7 % 1001, row * 13 % 517, row % 3);
  g_file_set_contents (wide_path, wide->str, -1, NULL);
  g_file_set_contents (tall_path, tall->str, -1, NULL);
}

void
monkey_make_files (Monkey *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autofree char *path = g_build_filename (self->folder, hostile[i].name, NULL);
    const gssize size = hostile[i].size > 0 ? hostile[i].size : -1;

    g_assert_true (g_file_set_contents (path, hostile[i].text, size, NULL));
  }
  make_large (self);
}

char *
monkey_find_file (Monkey *self)
{
  static const char *const others[] = { "wide.csv",     "tall.csv", "run.ekilab",
                                        "run.ekilab",   "",         "no/such/file.csv",
                                        "ensemble.npy", NULL };

  if (monkey_coin (self, 3))
    return g_build_filename (self->folder, monkey_word (self, others), NULL);
  return g_build_filename (self->folder, hostile[monkey_below (self, G_N_ELEMENTS (hostile))].name,
                           NULL);
}

static void
act (Monkey *self, const char *action, GVariant *target)
{
  monkey_do (self, GTK_WIDGET (self->window), action, target);
}

/* ---- in ---- */

static void
open_file (Monkey *self)
{
  g_autofree char *path = monkey_find_file (self);

  act (self, "win.open-file", g_variant_new_string (path));
}

static void
import (Monkey *self)
{
  g_autofree char *path = monkey_find_file (self);

  act (self, "win.import", g_variant_new_string (path));
}

static void
paste (Monkey *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->window));
  const guint k = monkey_below (self, G_N_ELEMENTS (hostile));

  if (g_utf8_validate (hostile[k].text, -1, NULL))
    gdk_clipboard_set_text (clipboard, hostile[k].text);
  monkey_note ("the clipboard holds %s", hostile[k].name);
  act (self, "win.paste", NULL);
}

static void
paste_file (Monkey *self)
{
  g_autofree char *path = monkey_find_file (self);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList list = { file, NULL };

  gdk_clipboard_set (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), GDK_TYPE_FILE_LIST,
                     &list);
  monkey_note ("the clipboard holds the file %s", path);
  act (self, "win.paste", NULL);
}

static void
drop (Monkey *self)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->window));
  g_autofree char *path = monkey_find_file (self);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList list = { file, NULL };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &list);
  monkey_note ("drop %s", path);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
  }
}

/* ---- out ---- */

static char *
make_path (Monkey *self, const char *name)
{
  static const char *const bad[] = { "no/such/folder", "empty.csv", "/dev/full", "/proc/nowhere",
                                     NULL };

  if (monkey_coin (self, 6))
    return g_build_filename (monkey_coin (self, 2) ? self->folder : "/", monkey_word (self, bad),
                             name, NULL);
  return g_build_filename (self->folder, name, NULL);
}

static void
save (Monkey *self)
{
  static const char *const what[] = { "experiment", "ensemble", "parameters", "nonsense" };
  static const char *const names[] = { "run.ekilab", "ensemble.npy", "descent.npy", "x" };
  const guint k = monkey_below (self, G_N_ELEMENTS (what));
  g_autofree char *path = make_path (self, names[k]);

  act (self, "win.save-to", g_variant_new ("(ss)", what[k], path));
}

static void export(Monkey *self)
{
  static const char *const figures[] = { "loss",   "plane", "predictions", "ensemble",
                                         "series", "all",   NULL };
  static const char *const endings[] = { "png", "svg", "pdf", "csv", "xyz", NULL };
  g_autofree char *name =
    g_strdup_printf ("figure-%u.%s", self->n_files++ % 10, monkey_word (self, endings));
  g_autofree char *path = make_path (self, name);

  act (self, "win.export-to", g_variant_new ("(ss)", monkey_word (self, figures), path));
}

/* ---- by way of the toolkit's dialogs ---- */

static void
ask (Monkey *self)
{
  switch (monkey_below (self, 4)) {
  case 0:
    act (self, "win.open", NULL);
    break;
  case 1:
    act (self, "win.open-folder", NULL);
    break;
  case 2:
    act (self, "win.export", g_variant_new_string (monkey_coin (self, 2) ? "all" : "series"));
    break;
  default:
    act (self, "win.save", g_variant_new_string (monkey_coin (self, 2) ? "experiment" : "x"));
    break;
  }
}

const MonkeyTrick monkey_file_tricks[] = {
  /* clang-format off */
  { "open-file", 8, open_file },
  { "import", 4, import },
  { "paste", 3, paste },
  { "paste-file", 1, paste_file },
  { "drop", 1, drop },
  { "save", 6, save },
  { "export", 5, export },
  { "ask", 1, ask },
  /* clang-format on */
  { NULL },
};
