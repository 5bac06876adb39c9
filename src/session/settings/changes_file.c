/* changes_file.c - changes in an experiment file: a group each, [change 1], [change 2], ...
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "change.h"

#include "ekl-experiment.h"

#define GROUP "change "

static char *
make_group (guint number)
{
  return g_strdup_printf (GROUP "%u", number);
}

/**
 * ekl_changes_own_group:
 *
 * Returns: whether a group of the file is that of a change
 */
gboolean
ekl_changes_own_group (const char *group)
{
  return g_str_has_prefix (group, GROUP);
}

/**
 * ekl_changes_save:
 *
 * Adds a group for each change: step, setting, before, after, and unset=yes where it is so.
 */
void
ekl_changes_save (GPtrArray *self, GKeyFile *file)
{
  for (guint i = 0; i < self->len; i++) {
    const EklChange *change = self->pdata[i];
    g_autofree char *group = make_group (i + 1);

    g_key_file_set_uint64 (file, group, "step", change->step);
    g_key_file_set_string (file, group, "setting", change->setting);
    if (change->before != NULL)
      g_key_file_set_string (file, group, "before", change->before);
    g_key_file_set_string (file, group, "after", change->after);
    if (change->unset)
      g_key_file_set_string (file, group, "unset", "yes");
  }
}

static gboolean
set_file_error (GError **error, const char *group, const char *what)
{
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE, "group [%s] %s", group, what);
  return FALSE;
}

static gboolean
check_keys (GKeyFile *file, const char *group, GError **error)
{
  static const char *const known[] = { "step", "setting", "before", "after", "unset", NULL };
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, error);

  for (guint k = 0; keys != NULL && keys[k] != NULL; k++) {
    g_autofree char *what = NULL;

    if (g_strv_contains (known, keys[k]))
      continue;
    what = g_strdup_printf ("has no key \"%s\": a change has step, setting, before, after, unset",
                            keys[k]);
    return set_file_error (error, group, what);
  }
  return keys != NULL;
}

static EklChange *
load_change (GKeyFile *file, const char *group, guint64 earliest, GError **error)
{
  g_autofree char *step = g_key_file_get_string (file, group, "step", NULL);
  g_autofree char *setting = g_key_file_get_string (file, group, "setting", NULL);
  g_autofree char *before = g_key_file_get_string (file, group, "before", NULL);
  g_autofree char *after = g_key_file_get_string (file, group, "after", NULL);
  g_autofree char *unset = g_key_file_get_string (file, group, "unset", NULL);
  g_autoptr (EklChange) change = ekl_change_new (0, setting, before, after);

  if (!check_keys (file, group, error))
    return NULL;
  if (step == NULL || setting == NULL || after == NULL) {
    set_file_error (error, group, "needs the keys step, setting and after");
    return NULL;
  }
  if (!g_ascii_string_to_unsigned (step, 10, 0, G_MAXINT64, &change->step, NULL)) {
    set_file_error (error, group, "has a step that is not a whole number from 0");
    return NULL;
  }
  if (change->step < earliest) {
    set_file_error (error, group, "has an earlier step than the change before it");
    return NULL;
  }
  change->unset = g_strcmp0 (unset, "yes") == 0;
  if (!ekl_change_check (change, error)) {
    g_prefix_error (error, "group [%s]: ", group);
    return NULL;
  }
  return g_steal_pointer (&change);
}

static guint
count_groups (GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  guint n = 0;

  for (guint i = 0; groups[i] != NULL; i++)
    n += ekl_changes_own_group (groups[i]);
  return n;
}

/**
 * ekl_changes_load:
 * @wrong: (out): on failure the group that is wrong; to be freed
 *
 * Reads the groups [change 1] to [change n] of a file.
 *
 * Returns: (transfer full) (nullable): the changes, or %NULL with a sentence that names the group
 */
GPtrArray *
ekl_changes_load (GKeyFile *file, char **wrong, GError **error)
{
  g_autoptr (GPtrArray) self = ekl_changes_new ();
  const guint n = count_groups (file);
  guint64 earliest = 0;

  for (guint i = 0; i < n; i++) {
    g_autofree char *group = make_group (i + 1);
    EklChange *change;

    if (!g_key_file_has_group (file, group)) {
      set_file_error (error, group, "is missing: changes are numbered from 1 without a gap");
      *wrong = g_steal_pointer (&group);
      return NULL;
    }
    change = load_change (file, group, earliest, error);
    if (change == NULL) {
      *wrong = g_steal_pointer (&group);
      return NULL;
    }
    earliest = change->step;
    g_ptr_array_add (self, change);
  }
  return g_steal_pointer (&self);
}
