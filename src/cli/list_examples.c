/* list_examples.c - the command examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands.h"

#include "examples.h"

typedef struct {
  int name, title;
} Widths;

static void
measure (Widths *widths, const EklExample *examples, guint n)
{
  for (guint k = 0; k < n; k++) {
    widths->name = MAX (widths->name, (int) g_utf8_strlen (examples[k].name, -1));
    widths->title = MAX (widths->title, (int) g_utf8_strlen (examples[k].title, -1));
  }
}

static void
print_line (const Widths *widths, const EklExample *example, guint n_rows, guint n_columns)
{
  g_autofree char *size = g_strdup_printf ("%u x %u", n_rows, n_columns);
  int name_space = widths->name - (int) g_utf8_strlen (example->name, -1);
  int title_space = widths->title - (int) g_utf8_strlen (example->title, -1);

  g_print ("%s%*s  %s%*s  %11s  %s\n", example->name, name_space, "", example->title, title_space,
           "", size, example->description);
}

/* The list is for programs, too, which would run what is in it; so this goes beside it. */
static void
print_missing (const EklExample *example, const GError *reason)
{
  g_printerr ("%s (example:%s) is not in the list: %s\n", example->title, example->name,
              reason->message);
}

/**
 * ekl_command_examples:
 * @error: return location for an error
 *
 * Prints a line for each built-in example: name, title, rows x columns, description. Pictures are
 * among them where their files are on this machine; else a line on standard error says how to get them.
 *
 * Returns: 0, or -1 with an error
 */
int
ekl_command_examples (GError **error)
{
  guint n_tables, n_pictures;
  const EklExample *tables = ekl_examples_list (&n_tables);
  const EklExample *pictures = ekl_examples_list_pictures (&n_pictures);
  Widths widths = { 0 };

  measure (&widths, tables, n_tables);
  measure (&widths, pictures, n_pictures);
  for (guint k = 0; k < n_tables; k++) {
    g_autoptr (EklTable) table = ekl_example_load (&tables[k], error);

    if (table == NULL)
      return -1;
    print_line (&widths, &tables[k], ekl_table_get_n_rows (table), ekl_table_get_n_columns (table));
  }
  for (guint k = 0; k < n_pictures; k++) {
    g_autoptr (GError) reason = NULL;
    g_autoptr (GFile) folder = ekl_example_find_folder (&pictures[k], &reason);

    if (folder != NULL)
      print_line (&widths, &pictures[k], pictures[k].n_rows, pictures[k].n_columns);
    else
      print_missing (&pictures[k], reason);
  }

  return 0;
}
