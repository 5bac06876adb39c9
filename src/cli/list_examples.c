/* list_examples.c - the command examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands.h"

#include "examples.h"

/**
 * ekl_command_examples:
 * @error: return location for an error
 *
 * Prints a line for each built-in example: name, title, rows x columns, description.
 *
 * Returns: 0, or -1 with an error
 */
int
ekl_command_examples (GError **error)
{
  guint n;
  const EklExample *examples = ekl_examples_list (&n);
  int name_width = 0, title_width = 0;

  for (guint k = 0; k < n; k++) {
    name_width = MAX (name_width, (int) g_utf8_strlen (examples[k].name, -1));
    title_width = MAX (title_width, (int) g_utf8_strlen (examples[k].title, -1));
  }

  for (guint k = 0; k < n; k++) {
    g_autoptr (EklTable) table = ekl_example_load (&examples[k], error);
    if (table == NULL)
      return -1;

    g_autofree char *size =
      g_strdup_printf ("%u x %u", ekl_table_get_n_rows (table), ekl_table_get_n_columns (table));
    int name_space = name_width - (int) g_utf8_strlen (examples[k].name, -1);
    int title_space = title_width - (int) g_utf8_strlen (examples[k].title, -1);

    g_print ("%s%*s  %s%*s  %9s  %s\n", examples[k].name, name_space, "", examples[k].title,
             title_space, "", size, examples[k].description);
  }

  return 0;
}
