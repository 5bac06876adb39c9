/* experiment_file.c - the experiment file: a key file, one group a setting group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-experiment.h"

#include "one_line.h"
#include "setting_table.h"
#include "setting_text.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_GROUP "eki-lab"
#define FORMAT     1
/* Which settings that stand in the file are nobody's choice: a preset's. */
#define UNSET_KEY "unset"
/* Far above any experiment, far below what would make the program wait or swap. */
#define MAX_FILE_SIZE (16 << 20)

static gboolean
is_example (const char *path)
{
  return g_str_has_prefix (path, "example:");
}

static char *
get_directory (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  return g_path_get_dirname (absolute);
}

/* The way from @directory to @path, so that a folder with both can be moved or sent. */
static char *
make_relative (const char *path, const char *directory)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_auto (GStrv) from = g_strsplit (directory, G_DIR_SEPARATOR_S, -1);
  g_auto (GStrv) to = g_strsplit (absolute, G_DIR_SEPARATOR_S, -1);
  g_autoptr (GString) relative = g_string_new (NULL);
  guint common = 0;

  while (from[common] != NULL && to[common] != NULL && g_str_equal (from[common], to[common]))
    common++;
  for (guint i = common; from[i] != NULL; i++)
    if (*from[i] != '\0')
      g_string_append (relative, ".." G_DIR_SEPARATOR_S);
  for (guint i = common; to[i] != NULL; i++)
    g_string_append_printf (relative, "%s%s", to[i], to[i + 1] != NULL ? G_DIR_SEPARATOR_S : "");
  return g_string_free (g_steal_pointer (&relative), FALSE);
}

static gboolean
set_file_error (GError **error, const char *path, const char *what)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE, "%s: %s", name, what);
  return ekl_one_line_error (error);
}

static const EklSettingSpec *
find_in_group (const char *group, const char *key)
{
  const EklSettingSpec *spec = ekl_setting_find (key);

  return spec != NULL && g_str_equal (ekl_setting_group_get_name (spec->info.group), group) ? spec
                                                                                            : NULL;
}

/* What is read: the file as groups and keys, and as text to find the line of a mistake. */
typedef struct {
  GKeyFile *file;
  const char *text;
  const char *directory;
} Source;

/* The line where @key of @group stands, from 1; of the group itself where @key is NULL; 0: nowhere. */
static guint
find_line (const char *text, const char *group, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *heading = g_strdup_printf ("[%s]", group);
  gboolean inside = FALSE;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);
    const gsize width = key != NULL ? strlen (key) : 0;

    if (*line == '[')
      inside = g_str_equal (line, heading);
    if (inside && (key == NULL || (strncmp (line, key, width) == 0 &&
                                   (line[width] == '=' || g_ascii_isspace (line[width])))))
      return i + 1;
  }
  return 0;
}

static void
prefix_line (const Source *source, const char *group, const char *key, GError **error)
{
  const guint line = find_line (source->text, group, key);

  if (line > 0)
    g_prefix_error (error, "line %u: ", line);
}

static gboolean
load_key (
  EklExperiment *self, const Source *source, const char *group, const char *key, GError **error)
{
  const EklSettingSpec *spec = find_in_group (group, key);
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;

  text = g_key_file_get_string (source->file, group, key, &problem);
  /* a bad escape gives both text and an error */
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (spec == NULL) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING,
                 "group [%s] has no setting \"%s\"", group, key);
    return FALSE;
  }
  if (spec->is_path && *text != '\0' && !is_example (text)) {
    g_autofree char *relative = g_steal_pointer (&text);

    text = g_canonicalize_filename (relative, source->directory);
  }
  return ekl_experiment_set_text (self, key, text, error);
}

static gboolean
load_group (EklExperiment *self, const Source *source, const char *group, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (source->file, group, NULL, error);

  if (keys == NULL)
    return FALSE;
  for (guint i = 0; keys[i] != NULL; i++)
    if (!load_key (self, source, group, keys[i], error)) {
      prefix_line (source, group, keys[i], error);
      return FALSE;
    }
  return TRUE;
}

/* A change at step 0 is a setting of the start. */
static gboolean
load_changes (EklExperiment *self, const Source *source, GError **error)
{
  g_autofree char *wrong = NULL;
  g_autoptr (GPtrArray) changes = ekl_changes_load (source->file, &wrong, error);

  if (changes == NULL) {
    prefix_line (source, wrong, NULL, error);
    return FALSE;
  }
  for (guint i = 0; i < changes->len;) {
    const EklChange *change = changes->pdata[i];

    if (change->step > 0 || ekl_change_is_point (change)) {
      i++;
      continue;
    }
    if (!ekl_experiment_set_text (self, change->setting, change->after, error))
      return FALSE;
    g_ptr_array_remove_index (changes, i);
  }
  ekl_experiment_set_changes (self, changes);
  return TRUE;
}

static gboolean
load_unset (EklExperiment *self, GKeyFile *file, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_string_list (file, FILE_GROUP, UNSET_KEY, NULL, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    if (ekl_experiment_find_setting (names[i]) == NULL) {
      g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING,
                   "group [" FILE_GROUP "]: " UNSET_KEY " names no setting \"%s\"", names[i]);
      return FALSE;
    }
    ekl_experiment_unset (self, names[i]);
  }
  return TRUE;
}

static gboolean
load_key_file (EklExperiment *self, const Source *source, GError **error)
{
  GKeyFile *file = source->file;
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  const int format = g_key_file_get_integer (file, FILE_GROUP, "format", NULL);

  if (format != FORMAT) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE,
                 "this is no experiment file: it needs a group [" FILE_GROUP "] with format=%d%s",
                 FORMAT, format > FORMAT ? "; it comes from a newer EKI Lab" : "");
    return FALSE;
  }
  for (guint i = 0; groups[i] != NULL; i++) {
    if (g_str_equal (groups[i], FILE_GROUP) || ekl_changes_own_group (groups[i]))
      continue;
    if (!load_group (self, source, groups[i], error))
      return FALSE;
  }
  return load_unset (self, file, error) && load_changes (self, source, error) &&
         ekl_experiment_check (self, error);
}

/* Of a plain file, and at most one byte more than is read; 0 where it is something else. */
static gsize
get_room (FILE *stream)
{
  struct stat info;

  if (fstat (fileno (stream), &info) != 0 || !S_ISREG (info.st_mode))
    return 0;
  return (gsize) MIN (info.st_size, MAX_FILE_SIZE) + 1;
}

/* The whole file, where it is a plain file of a sane size. */
static char *
read_text (const char *path, gsize *length, GError **error)
{
  g_autofree char *text = NULL;
  FILE *stream = g_fopen (path, "rbe");
  const gsize room = stream != NULL ? get_room (stream) : 0;
  const char *problem = NULL;

  if (stream == NULL)
    problem = g_strerror (errno);
  else if (room == 0)
    problem = "this is not a plain file";
  else {
    text = g_malloc (room + 1);
    *length = fread (text, 1, room, stream);
    text[*length] = '\0';
    if (ferror (stream))
      problem = g_strerror (errno);
    else if (*length > MAX_FILE_SIZE)
      problem = "the file is too large to be an experiment file";
    else if (!g_utf8_validate (text, *length, NULL))
      problem = "the file is not text in UTF-8, so it is no experiment file";
  }
  if (stream != NULL)
    fclose (stream);
  if (problem == NULL)
    return g_steal_pointer (&text);
  g_set_error_literal (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE, problem);
  return NULL;
}

/**
 * ekl_experiment_load:
 *
 * Reads an experiment file. What it does not name gets its default; paths in it are relative to it.
 *
 * Returns: %FALSE, with @self as it was, where it cannot be read or holds something that is no
 *   setting
 */
gboolean
ekl_experiment_load (EklExperiment *self, const char *path, GError **error)
{
  g_autofree char *directory = get_directory (path);
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  Source source = { file, NULL, directory };

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), FALSE);

  source.text = text = read_text (path, &length, &problem);
  if (text == NULL || !g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &problem) ||
      !load_key_file (loaded, &source, &problem))
    return set_file_error (error, path, problem->message);
  ekl_experiment_assign (self, loaded);
  ekl_experiment_set_changes (self, ekl_experiment_get_changes (loaded));
  return TRUE;
}

static gboolean
save_setting (EklExperiment *self,
              const EklSettingSpec *spec,
              GKeyFile *file,
              const char *directory,
              GError **error)
{
  const char *name = spec->info.name;
  const GValue *value = ekl_experiment_get_base (self, name);
  g_autofree char *text = ekl_setting_format (spec, value);

  /* the default of such a setting depends on the data: writing it would make it explicit */
  if (spec->adapts && !ekl_experiment_is_explicit (self, name) &&
      g_param_value_defaults (ekl_experiment_get_pspec (name), value))
    return TRUE;
  if (spec->is_path && *text != '\0' && !is_example (text)) {
    g_autofree char *absolute = g_steal_pointer (&text);

    text = make_relative (absolute, directory);
  }
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE,
                 "%s cannot be written, as it is not in UTF-8; rename that file first", name);
    return FALSE;
  }
  g_key_file_set_string (file, ekl_setting_group_get_name (spec->info.group), name, text);
  return TRUE;
}

/* Written as they are, for the same run, but without making them explicit. */
static void
save_unset (EklExperiment *self, GKeyFile *file)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint n;
  const EklSettingSpec *table = ekl_setting_table (&n);

  for (guint i = 0; i < n; i++)
    if (table[i].adapts && !ekl_experiment_is_explicit (self, table[i].info.name) &&
        g_key_file_has_key (file, ekl_setting_group_get_name (table[i].info.group),
                            table[i].info.name, NULL))
      g_ptr_array_add (names, (gpointer) table[i].info.name);
  if (names->len > 0)
    g_key_file_set_string_list (file, FILE_GROUP, UNSET_KEY, (const char *const *) names->pdata,
                                names->len);
}

/* The settings say how the data are made, this says what they were; no reader looks at it. */
static void
save_comment (EklExperiment *self, GKeyFile *file)
{
  const char *group = ekl_setting_group_get_name (EKL_SETTING_GROUP_DATA);
  g_auto (GStrv) lines = NULL;
  g_autofree char *comment = NULL;

  if (ekl_experiment_get_data_comment (self) == NULL)
    return;
  lines = g_strsplit (ekl_experiment_get_data_comment (self), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = g_steal_pointer (&lines[i]);

    lines[i] = g_strconcat (" ", line, NULL);
  }
  comment = g_strchomp (g_strjoinv ("\n", lines));
  g_key_file_set_comment (file, group, NULL, comment, NULL);
}

/**
 * ekl_experiment_save:
 *
 * Writes every setting, the defaults too, what the data were in a comment, and what is to change in
 * the middle of the run, so that the file makes the same run in a later version. Paths are written
 * relative to the file. It is written beside and renamed.
 */
gboolean
ekl_experiment_save (EklExperiment *self, const char *path, GError **error)
{
  g_autofree char *directory = get_directory (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length;
  guint n;
  const EklSettingSpec *table = ekl_setting_table (&n);

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), FALSE);

  g_key_file_set_integer (file, FILE_GROUP, "format", FORMAT);
  for (guint i = 0; i < n; i++)
    if (!save_setting (self, &table[i], file, directory, &problem))
      return set_file_error (error, path, problem->message);
  save_unset (self, file);
  save_comment (self, file);
  if (ekl_experiment_get_changes (self) != NULL)
    ekl_changes_save (ekl_experiment_get_changes (self), file);
  text = g_key_file_to_data (file, &length, NULL);
  return g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
