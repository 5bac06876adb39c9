/* column_text.c - columns of a table in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "column_text.h"

#include <glib/gi18n.h>

/**
 * ekl_column_type_to_text:
 *
 * Returns: the type, for people
 */
const char *
ekl_column_type_to_text (EklColumnType type)
{
  static const char *const texts[] = {
    [EKL_COLUMN_NUMBER] = N_ ("number"),
    [EKL_COLUMN_CATEGORY] = N_ ("category"),
    [EKL_COLUMN_EMPTY] = N_ ("empty"),
  };

  return _ (texts[type]);
}

/**
 * ekl_column_role_to_text:
 *
 * Returns: the role, for people
 */
const char *
ekl_column_role_to_text (EklColumnRole role)
{
  static const char *const texts[] = {
    [EKL_ROLE_FEATURE] = N_ ("feature"),
    [EKL_ROLE_TARGET] = N_ ("target"),
    [EKL_ROLE_IGNORED] = N_ ("ignored"),
  };

  return _ (texts[role]);
}

/**
 * ekl_column_describe:
 * @column: of the table, from 0
 *
 * Returns: (transfer full): what is in it: "from 1 to 9, mean 4.2, 3 missing"; in a second line why it
 *   is ignored, where nobody said so
 */
char *
ekl_column_describe (EklImport *import, guint column)
{
  EklTable *table = ekl_import_get_table (import);
  const EklColumnSummary *summary = ekl_table_get_column_summary (table, column);
  const char *reason = ekl_ignore_reason_to_text (ekl_import_get_reason (import, column));
  g_autofree char *signs = ekl_signs_to_text (summary->signs);
  GString *text = g_string_new (NULL);

  if (ekl_table_get_column_type (table, column) == EKL_COLUMN_NUMBER)
    g_string_append_printf (text, _ ("from %.5g to %.5g, mean %.4g"), summary->min, summary->max,
                            summary->mean);
  else if (ekl_table_get_column_type (table, column) == EKL_COLUMN_CATEGORY)
    g_string_append_printf (text, ngettext ("%u category", "%u categories", summary->n_categories),
                            summary->n_categories);
  else
    g_string_append (text, _ ("empty"));
  if (summary->n_missing > 0)
    g_string_append_printf (text, _ (", %u missing"), summary->n_missing);
  if (summary->n_bad > 0)
    g_string_append_printf (text, _ (", %u bad"), summary->n_bad);
  if (summary->n_like_missing > 0)
    g_string_append_printf (text,
                            ngettext (", %g in %u row is perhaps no value",
                                      ", %g in %u rows is perhaps no value",
                                      summary->n_like_missing),
                            summary->min, summary->n_like_missing);
  if (summary->signs != 0)
    g_string_append_printf (text, _ (", read without %s"), signs);
  if (summary->is_code)
    g_string_append (text, _ (" (codes such as 01067)"));
  if (reason != NULL)
    g_string_append_printf (text, _ ("\nIgnored: it %s."), reason);
  return g_string_free (text, FALSE);
}
