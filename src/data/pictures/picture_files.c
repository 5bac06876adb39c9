/* picture_files.c - which of a folder's files are pictures and labels, to train on and to validate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture_files.h"

#include <string.h>

/* A folder of thousands of files is something else. */
#define MAX_FILES         1000
#define IMAGES_DIMENSIONS 3
#define LABELS_DIMENSIONS 1
#define NO_SET            EKL_PICTURES_N_SETS

/* A file that could be one of the four. */
typedef struct {
  char *name;
  char *stem; /* what the packed file and the other spelling of its name share with it */
  GFile *file;
  EklIdx head;
  EklPictureSetKind set; /* by its name; NO_SET where that does not say */
} Candidate;

typedef struct {
  const char *name; /* of the folder, for messages */
  GPtrArray *candidates;
  GError *problem; /* of the first file that should have been one by its name */
} Search;

static void
candidate_free (gpointer data)
{
  Candidate *self = data;

  g_free (self->name);
  g_free (self->stem);
  g_object_unref (self->file);
  g_free (self);
}

static gboolean
has_one_of (const char *text, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (text, *words) != NULL)
      return TRUE;
  return FALSE;
}

static EklPictureSetKind
guess_set (const char *stem)
{
  static const char *const training[] = { "train", NULL };
  static const char *const validation[] = { "t10k", "test", "valid", NULL };

  return has_one_of (stem, training)     ? EKL_PICTURES_TRAINING
         : has_one_of (stem, validation) ? EKL_PICTURES_VALIDATION
                                         : NO_SET;
}

/* 0 where the name does not say. */
static guint
guess_dimensions (const char *stem)
{
  static const char *const images[] = { "idx3", "images", NULL };
  static const char *const labels[] = { "idx1", "labels", NULL };

  return has_one_of (stem, images)   ? IMAGES_DIMENSIONS
         : has_one_of (stem, labels) ? LABELS_DIMENSIONS
                                     : 0;
}

/* "Train-Images.idx3-ubyte.gz" and "train-images-idx3-ubyte" are the same. */
static char *
make_stem (const char *name)
{
  char *stem = g_ascii_strdown (name, -1);

  if (g_str_has_suffix (stem, ".gz"))
    stem[strlen (stem) - strlen (".gz")] = '\0';
  return g_strdelimit (stem, "._", '-');
}

/* FALSE only where the search is over. */
static gboolean
look_at (Search *self, GFile *folder, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *stem = make_stem (name);
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (GError) problem = NULL;
  static const char *const endings[] = { "ubyte", "idx", NULL };
  const guint n_dimensions = guess_dimensions (stem);
  Candidate *candidate;
  EklIdx head;

  if (!ekl_idx_read_head (file, n_dimensions, &head, cancellable, &problem)) {
    if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
    if (self->problem == NULL && guess_set (stem) != NO_SET && has_one_of (stem, endings))
      self->problem = g_steal_pointer (&problem);
    return TRUE;
  }
  if (head.n_dimensions != IMAGES_DIMENSIONS && head.n_dimensions != LABELS_DIMENSIONS)
    return TRUE;
  candidate = g_new0 (Candidate, 1);
  candidate->name = g_filename_display_name (name);
  candidate->set = guess_set (stem);
  candidate->stem = g_steal_pointer (&stem);
  candidate->file = g_steal_pointer (&file);
  candidate->head = head;
  g_ptr_array_add (self->candidates, candidate);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (GFile *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
    folder,
    G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                   "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN,
    G_FILE_QUERY_INFO_NONE, cancellable, error);
  GFileInfo *info;

  if (children == NULL)
    return NULL;
  while (names->len < MAX_FILES) {
    if (!g_file_enumerator_iterate (children, &info, NULL, cancellable, error))
      return NULL;
    if (info == NULL)
      break;
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
        !g_file_info_get_is_hidden (info))
      g_ptr_array_add (names, g_strdup (g_file_info_get_name (info)));
  }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
collect (Search *self, GFile *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) names = list_names (folder, cancellable, &cause);

  if (names == NULL && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  if (names == NULL) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: cannot be read: %s", self->name,
                 cause->message);
    return FALSE;
  }
  for (guint i = 0; i < names->len; i++)
    if (!look_at (self, folder, names->pdata[i], cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
set_missing_error (Search *self, EklPictureSetKind set, guint n_dimensions, GError **error)
{
  if (self->problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&self->problem));
    return FALSE;
  }
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
               "%s: this is a folder without a file %s-%s-idx%u-ubyte, packed (.gz) or not; choose "
               "a CSV file in it, or a folder with all of train-images-idx3-ubyte, "
               "train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte",
               self->name, set == EKL_PICTURES_TRAINING ? "train" : "t10k",
               n_dimensions == IMAGES_DIMENSIONS ? "images" : "labels", n_dimensions);
  return FALSE;
}

/* The only candidate of that set and kind; of the same file packed and not, or with a name spelt two
 * ways, the first. NULL without an error: there is none. */
static const Candidate *
find_only (Search *self, EklPictureSetKind set, guint n_dimensions, GError **error)
{
  const Candidate *found = NULL;

  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *candidate = self->candidates->pdata[i];

    if (candidate->set != set || candidate->head.n_dimensions != n_dimensions)
      continue;
    if (found != NULL && !g_str_equal (found->stem, candidate->stem)) {
      g_set_error (
        error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
        "%s: both %s and %s could be meant; leave one set of pictures in the folder, with "
        "train and t10k in its names",
        self->name, found->name, candidate->name);
      return NULL;
    }
    if (found == NULL)
      found = candidate;
  }
  return found;
}

/* Names that do not say train or t10k: pictures and labels belong together where their numbers are the
 * same, and more are trained on than validate. */
static void
name_by_counts (Search *self)
{
  guint most = 0, n_counts = 0, counts[EKL_PICTURES_N_SETS] = { 0 };

  for (guint i = 0; i < self->candidates->len; i++) {
    const Candidate *candidate = self->candidates->pdata[i];
    const guint n = candidate->head.size[0];

    if (candidate->set != NO_SET)
      return;
    if (n == counts[0] || n == counts[1])
      continue;
    if (n_counts == G_N_ELEMENTS (counts))
      return;
    counts[n_counts++] = n;
    most = MAX (most, n);
  }
  if (n_counts < G_N_ELEMENTS (counts))
    return;
  for (guint i = 0; i < self->candidates->len; i++) {
    Candidate *candidate = self->candidates->pdata[i];

    candidate->set =
      candidate->head.size[0] == most ? EKL_PICTURES_TRAINING : EKL_PICTURES_VALIDATION;
  }
}

static const Candidate *
choose (Search *self, EklPictureSetKind set, guint n_dimensions, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const Candidate *found = find_only (self, set, n_dimensions, &problem);

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (found == NULL)
    set_missing_error (self, set, n_dimensions, error);
  return found;
}

static gboolean
choose_pair (Search *self, EklPictureSetKind set, EklPicturePair *pair, GError **error)
{
  const Candidate *labels = choose (self, set, LABELS_DIMENSIONS, error);
  const Candidate *images = labels != NULL ? choose (self, set, IMAGES_DIMENSIONS, error) : NULL;

  if (images == NULL)
    return FALSE;
  pair->images_file = g_object_ref (images->file);
  pair->labels_file = g_object_ref (labels->file);
  pair->images = images->head;
  pair->labels = labels->head;
  return TRUE;
}

/**
 * ekl_picture_files_find:
 * @self: (out caller-allocates): the four files
 * @folder: a folder
 * @name: what to call it in messages
 * @cancellable: (nullable): stops the search with G_IO_ERROR_CANCELLED
 * @error: return location for %EKL_DATA_ERROR, with a sentence that names the file or folder
 *
 * Looks at the heads of all files. Three dimensions are pictures, one is labels; a name with "train" in
 * it is to train on, one with "t10k", "test" or "valid" validates. Where no name says so, two pairs
 * with two different numbers of pictures are taken, the larger one to train on.
 *
 * Returns: whether there is exactly one file for each
 */
gboolean
ekl_picture_files_find (
  EklPictureFiles *self, GFile *folder, const char *name, GCancellable *cancellable, GError **error)
{
  Search search = { .name = name, .candidates = g_ptr_array_new_with_free_func (candidate_free) };
  gboolean is_found = collect (&search, folder, cancellable, error);

  memset (self, 0, sizeof *self);
  if (is_found)
    name_by_counts (&search);
  for (EklPictureSetKind set = 0; is_found && set < EKL_PICTURES_N_SETS; set++)
    is_found = choose_pair (&search, set, &self->pair[set], error);
  g_ptr_array_unref (search.candidates);
  g_clear_error (&search.problem);
  if (!is_found)
    ekl_picture_files_clear (self);
  return is_found;
}

/**
 * ekl_picture_files_clear:
 * @self: files
 */
void
ekl_picture_files_clear (EklPictureFiles *self)
{
  for (guint set = 0; set < EKL_PICTURES_N_SETS; set++) {
    g_clear_object (&self->pair[set].images_file);
    g_clear_object (&self->pair[set].labels_file);
  }
}
