/* import_memory.c - how each file was imported the last time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A key file in the user's folder for states, a group a file, called by a digest of its path. A file
 * is the same one as long as its size and its time are, or its first line is: more rows are welcome,
 * other columns are another file.
 */
#include "config.h"

#include "import_memory.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_FILES   100
#define FIRST_BYTES 4096
#define KEY_PATH    "path"
#define KEY_SIZE    "size"
#define KEY_TIME    "time"
#define KEY_HEAD    "first-line"
#define KEY_USED    "used"
#define CHOICE      "choice-"

/* What a file is known again by. */
typedef struct {
  char *group;
  guint64 size;
  guint64 time; /* of its last change, us */
  char *head;
} Identity;

static void
identity_clear (Identity *self)
{
  g_free (self->group);
  g_free (self->head);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)

static char *
digest_first_line (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char bytes[FIRST_BYTES];
  gsize n = 0;
  const char *end;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, sizeof bytes, &n, NULL, NULL))
    return NULL;
  end = memchr (bytes, '\n', n);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes,
                                      end != NULL ? (gsize) (end - bytes) : n);
}

static gboolean
identify (const char *path, Identity *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file,
                       G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                      "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                       G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autofree char *whole = g_file_get_path (file);

  if (info == NULL || whole == NULL)
    return FALSE;
  self->group = g_compute_checksum_for_string (G_CHECKSUM_SHA1, whole, -1);
  self->size = (guint64) g_file_info_get_size (info);
  self->time =
    g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * G_USEC_PER_SEC +
    g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
  self->head = digest_first_line (file);
  return self->head != NULL;
}

static char *
get_store_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "eki-lab", "imports.ini", NULL);
}

/* One that cannot be read is empty: what is lost is a comfort only. */
static GKeyFile *
load_store (void)
{
  GKeyFile *store = g_key_file_new ();
  g_autofree char *path = get_store_path ();

  if (!g_key_file_load_from_file (store, path, G_KEY_FILE_NONE, NULL)) {
    g_key_file_unref (store);
    store = g_key_file_new ();
  }
  return store;
}

/**
 * ekl_is_data_choice:
 *
 * Returns: whether a setting says how data are taken, rather than which
 */
gboolean
ekl_is_data_choice (const EklSettingInfo *info)
{
  return info->group == EKL_SETTING_GROUP_DATA && !g_str_equal (info->name, "data");
}

/**
 * ekl_copy_data_choices:
 * @to: gets them
 * @from: settings of which those about data that are explicit are taken over
 */
void
ekl_copy_data_choices (EklExperiment *to, EklExperiment *from)
{
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++)
    if (ekl_is_data_choice (&infos[i]) && ekl_experiment_is_explicit (from, infos[i].name))
      ekl_experiment_copy_setting (to, from, infos[i].name);
}

static gboolean
is_same_file (GKeyFile *store, const Identity *identity)
{
  g_autofree char *head = g_key_file_get_string (store, identity->group, KEY_HEAD, NULL);
  const guint64 size = g_key_file_get_uint64 (store, identity->group, KEY_SIZE, NULL);
  const guint64 time = g_key_file_get_uint64 (store, identity->group, KEY_TIME, NULL);

  return (size == identity->size && time == identity->time) ||
         g_strcmp0 (head, identity->head) == 0;
}

/**
 * ekl_import_memory_recall:
 * @path: of a file
 * @settings: gets the choices of the last time
 *
 * Returns: whether there were any
 */
gboolean
ekl_import_memory_recall (const char *path, EklExperiment *settings)
{
  g_autoptr (GKeyFile) store = load_store ();
  g_auto (Identity) identity = { 0 };
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  if (!identify (path, &identity) || !g_key_file_has_group (store, identity.group) ||
      !is_same_file (store, &identity))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strconcat (CHOICE, infos[i].name, NULL);
    g_autofree char *text = g_key_file_get_string (store, identity.group, key, NULL);

    /* one of another version of the program is passed over */
    if (text != NULL && ekl_is_data_choice (&infos[i]))
      ekl_experiment_set_text (settings, infos[i].name, text, NULL);
  }
  return TRUE;
}

static void
forget_oldest (GKeyFile *store)
{
  gsize n;
  g_auto (GStrv) groups = g_key_file_get_groups (store, &n);
  gsize oldest = 0;

  if (n <= MAX_FILES)
    return;
  for (gsize i = 1; i < n; i++)
    if (g_key_file_get_uint64 (store, groups[i], KEY_USED, NULL) <
        g_key_file_get_uint64 (store, groups[oldest], KEY_USED, NULL))
      oldest = i;
  g_key_file_remove_group (store, groups[oldest], NULL);
}

/**
 * ekl_import_memory_keep:
 * @path: of a file
 * @settings: how it was imported; those of its data settings that are explicit are kept
 * @error: return location for an error of the file system
 *
 * Remembers the choices. The store is written beside itself and renamed.
 *
 * Returns: whether it could be written
 */
gboolean
ekl_import_memory_keep (const char *path, EklExperiment *settings, GError **error)
{
  g_autoptr (GKeyFile) store = load_store ();
  g_autofree char *store_path = get_store_path ();
  g_autofree char *folder = g_path_get_dirname (store_path);
  g_auto (Identity) identity = { 0 };
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  if (!identify (path, &identity))
    return TRUE;
  g_key_file_remove_group (store, identity.group, NULL);
  g_key_file_set_string (store, identity.group, KEY_PATH, path);
  g_key_file_set_uint64 (store, identity.group, KEY_SIZE, identity.size);
  g_key_file_set_uint64 (store, identity.group, KEY_TIME, identity.time);
  g_key_file_set_string (store, identity.group, KEY_HEAD, identity.head);
  g_key_file_set_uint64 (store, identity.group, KEY_USED, (guint64) g_get_real_time ());
  for (guint i = 0; i < n; i++) {
    g_autofree char *key = g_strconcat (CHOICE, infos[i].name, NULL);
    g_autofree char *text = ekl_experiment_get_text (settings, infos[i].name);

    if (ekl_is_data_choice (&infos[i]) && ekl_experiment_is_explicit (settings, infos[i].name))
      g_key_file_set_string (store, identity.group, key, text);
  }
  forget_oldest (store);
  g_mkdir_with_parents (folder, 0700);
  return g_key_file_save_to_file (store, store_path, error);
}
