/* column_list.c - lists of columns as a setting has them: a,b,"c, d" and a:number,"b: c":category
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_list.h"

#include "cell.h"

#include <string.h>

static const char *const types[] = { "number", "category", "ignored" };

static void
clear_entry (gpointer entry)
{
  g_free (((EklColumnEntry *) entry)->name);
}

static gboolean
set_error (
  GError **error, const char *setting, const char *before, const char *word, const char *after)
{
  g_autofree char *shown = ekl_cell_shorten (word);

  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN, "%s: %s\"%s\" %s", setting, before,
               shown, after);
  return FALSE;
}

static const char *
skip_blanks (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

/* From the quote to behind its partner; a doubled quote is one. NULL: there is no partner. */
static const char *
read_quoted (const char *at, char **name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (at++; *at != '\0'; at++) {
    if (*at == '"' && *++at != '"') {
      *name = g_string_free (g_steal_pointer (&text), FALSE);
      return at;
    }
    g_string_append_c (text, *at);
  }
  return NULL;
}

static gboolean
set_type (EklColumnEntry *entry, const char *setting, const char *word, GError **error)
{
  g_autofree char *type = g_strstrip (g_strdup (word));

  for (guint k = 0; k < G_N_ELEMENTS (types); k++)
    if (g_str_equal (type, types[k])) {
      entry->type = types[k];
      return TRUE;
    }
  return set_error (error, setting, "there is no type ", type, "- write " EKL_COLUMN_TYPES_FORM);
}

/* What stands behind the quotes: nothing, or a colon and a type. */
static gboolean
read_behind_quotes (
  EklColumnEntry *entry, const char *setting, const char *rest, gboolean has_types, GError **error)
{
  if (!has_types && *rest == '\0')
    return TRUE;
  if (has_types && *rest == ':')
    return set_type (entry, setting, rest + 1, error);
  return set_error (error, setting, "after the quoted name ", entry->name,
                    has_types ? "a colon and its type have to follow: number, category or ignored"
                              : "a comma has to follow; a quote inside a name is doubled");
}

/* A name may have colons of its own, a type has none. */
static gboolean
read_plain (
  EklColumnEntry *entry, const char *setting, const char *text, gboolean has_types, GError **error)
{
  const char *colon = has_types ? strrchr (text, ':') : NULL;

  if (has_types && colon == NULL)
    return set_error (error, setting, "", text, "says no type; write " EKL_COLUMN_TYPES_FORM);
  entry->name = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);
  g_strstrip (entry->name);
  if (*entry->name == '\0')
    return set_error (error, setting, "", text, "names no column");
  return colon == NULL || set_type (entry, setting, colon + 1, error);
}

/* From the beginning of an entry to the comma behind it, or the end; NULL with an error. Nothing is
 * added for an empty one. */
static const char *
read_entry (
  const char *at, const char *setting, gboolean has_types, GArray *entries, GError **error)
{
  EklColumnEntry entry = { 0 };
  g_autofree char *text = NULL;
  const char *begin, *end;
  gboolean done;

  begin = skip_blanks (at);
  entry.is_quoted = *begin == '"';
  if (entry.is_quoted && (at = read_quoted (begin, &entry.name)) == NULL) {
    set_error (error, setting, "the quote before ", begin + 1, "is not closed");
    return NULL;
  }
  begin = entry.is_quoted ? skip_blanks (at) : begin;
  end = strchrnul (begin, ',');
  text = g_strchomp (g_strndup (begin, end - begin));
  if (!entry.is_quoted && *text == '\0')
    return end;
  done = entry.is_quoted ? read_behind_quotes (&entry, setting, text, has_types, error)
                         : read_plain (&entry, setting, text, has_types, error);
  if (!done) {
    clear_entry (&entry);
    return NULL;
  }
  g_array_append_val (entries, entry);
  return end;
}

/**
 * ekl_column_list_parse:
 * @setting: the setting's name, for errors
 * @list: (nullable): the list; %NULL as empty
 * @has_types: whether a colon and a type follow every name
 * @error: return location for %EKL_DATA_ERROR_COLUMN
 *
 * Reads names with commas between them. Blanks about a name do not count, and empty entries are
 * skipped. A name that has a comma, begins with a quote or has blanks at an end stands in double
 * quotes, where a quote is doubled, as in CSV. A type is number, category or ignored.
 *
 * Returns: (transfer full) (element-type EklColumnEntry): the entries, or %NULL
 */
GArray *
ekl_column_list_parse (const char *setting, const char *list, gboolean has_types, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, TRUE, sizeof (EklColumnEntry));
  const char *at = list != NULL ? list : "";

  /* messages show names, and walk through their characters */
  if (!g_utf8_validate (at, -1, NULL)) {
    g_autofree char *valid = g_utf8_make_valid (at, -1);

    set_error (error, setting, "", valid, "is not text in UTF-8");
    return NULL;
  }
  g_array_set_clear_func (entries, clear_entry);
  while ((at = read_entry (at, setting, has_types, entries, error)) != NULL)
    if (*at++ == '\0')
      return g_steal_pointer (&entries);
  return NULL;
}

/**
 * ekl_column_list_check:
 * @setting: the setting's name, for errors
 * @list: the list
 * @has_types: whether a colon and a type follow every name
 * @error: return location for %EKL_DATA_ERROR_COLUMN
 *
 * Returns: whether ekl_column_list_parse() can read it
 */
gboolean
ekl_column_list_check (const char *setting, const char *list, gboolean has_types, GError **error)
{
  g_autoptr (GArray) entries = ekl_column_list_parse (setting, list, has_types, error);

  return entries != NULL;
}

/**
 * ekl_column_list_quote:
 * @name: a column's name
 *
 * Returns: (transfer full): the name as an entry of a list, in quotes where it needs them: where it
 *   would end at a comma, lose its blanks or a quote, or be read as a column's number
 */
char *
ekl_column_list_quote (const char *name)
{
  const gsize length = strlen (name);
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (length > 0 && strchr (name, ',') == NULL && *name != '"' && !g_ascii_isspace (*name) &&
      !g_ascii_isspace (name[length - 1]) && strspn (name, "0123456789") < length)
    return g_strdup (name);
  parts = g_strsplit (name, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  return g_strdup_printf ("\"%s\"", doubled);
}
