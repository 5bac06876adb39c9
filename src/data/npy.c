/* npy.c - NumPy's .npy files of doubles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy.h"

#include "npy_header.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file: "\x93NUMPY", major and minor version, length of the header (2 bytes in version 1, 4 in
 * 2 and 3, little-endian), header, values. See "NPY format", numpy/lib/format.py. */
#define MAGIC           "\x93NUMPY"
#define MAGIC_SIZE      6
#define PREAMBLE_SIZE   10
#define ALIGNMENT       64
#define MAX_HEADER_SIZE (1024 * 1024)
#define BLOCK           8192 /* values converted at a time */

typedef struct {
  const char *name;
  FILE *stream;
  gsize size; /* in bytes */
  gsize position;
} Source;

/**
 * ekl_array_new:
 * @n_dimensions: at most %EKL_NPY_MAX_DIMENSIONS; 0 is a single number
 * @shape: (array length=n_dimensions): their sizes
 *
 * Returns: (transfer full) (nullable): an array of zeros, NULL where it does not fit the memory
 */
EklArray *
ekl_array_new (guint n_dimensions, const gsize *shape)
{
  EklArray *self;
  gsize n_values = 1;

  g_return_val_if_fail (n_dimensions <= EKL_NPY_MAX_DIMENSIONS, NULL);
  for (guint i = 0; i < n_dimensions; i++)
    if (!g_size_checked_mul (&n_values, n_values, shape[i]))
      return NULL;
  if (n_values > G_MAXSSIZE / sizeof (double))
    return NULL;
  self = g_new0 (EklArray, 1);
  self->n_dimensions = n_dimensions;
  for (guint i = 0; i < n_dimensions; i++)
    self->shape[i] = shape[i];
  self->values = g_try_malloc0_n (MAX (n_values, 1), sizeof (double));
  if (self->values == NULL)
    g_clear_pointer (&self, g_free);
  return self;
}

/**
 * ekl_array_free:
 * @self: (nullable): an array
 *
 * Frees the array and its values.
 */
void
ekl_array_free (EklArray *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self);
}

/**
 * ekl_array_get_n_values:
 * @self: an array
 *
 * Returns: the product of its dimensions; 1 where there is none
 */
gsize
ekl_array_get_n_values (const EklArray *self)
{
  gsize n = 1;

  for (guint i = 0; i < self->n_dimensions; i++)
    n *= self->shape[i];
  return n;
}

static gboolean
read_exactly (Source *self, void *out, gsize size, GError **error)
{
  if (fread (out, 1, size, self->stream) == size) {
    self->position += size;
    return TRUE;
  }
  if (ferror (self->stream))
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: cannot be read: %s", self->name,
                 g_strerror (errno));
  else
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: the file ends before its header does; save it again", self->name);
  return FALSE;
}

static gboolean
open_source (Source *self, const char *path, GError **error)
{
  struct stat status;
  int saved;

  self->stream = g_fopen (path, "rb");
  saved = errno;
  if (self->stream == NULL) {
    if (saved == ENOENT)
      g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: there is no such file",
                   self->name);
    else
      g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: cannot be opened: %s",
                   self->name, g_strerror (saved));
    return FALSE;
  }
  if (fstat (fileno (self->stream), &status) == 0 && S_ISREG (status.st_mode)) {
    self->size = status.st_size;
    return TRUE;
  }
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: this is %s; a .npy file is needed",
               self->name, S_ISDIR (status.st_mode) ? "a folder" : "not a file");
  return FALSE;
}

static char *
read_header_text (Source *self, GError **error)
{
  guint8 preamble[MAGIC_SIZE + 2], length_bytes[4] = { 0 };
  g_autofree char *text = NULL;
  guint32 length = 0;

  if (self->size < PREAMBLE_SIZE) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT, "%s: %s", self->name,
                 self->size == 0 ? "the file is empty"
                                 : "not a .npy file, as numpy.save writes it");
    return NULL;
  }
  if (!read_exactly (self, preamble, sizeof preamble, error))
    return NULL;
  if (memcmp (preamble, MAGIC, MAGIC_SIZE) != 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: not a .npy file, as numpy.save writes it", self->name);
    return NULL;
  }
  if (preamble[MAGIC_SIZE] < 1 || preamble[MAGIC_SIZE] > 3) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: version %d of the .npy format is not known; versions 1 to 3 are", self->name,
                 preamble[MAGIC_SIZE]);
    return NULL;
  }
  if (!read_exactly (self, length_bytes, preamble[MAGIC_SIZE] == 1 ? 2 : 4, error))
    return NULL;
  for (int i = 3; i >= 0; i--)
    length = length << 8 | length_bytes[i];
  if (length > MAX_HEADER_SIZE) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: has a damaged header (%u bytes long)", self->name, length);
    return NULL;
  }
  text = g_malloc0 (length + 1);
  return read_exactly (self, text, length, error) ? g_steal_pointer (&text) : NULL;
}

static gboolean
read_header (Source *self, EklNpyHeader *header, GError **error)
{
  g_autofree char *text = read_header_text (self, error);
  g_autofree char *problem = NULL;
  gsize rest, needed;

  if (text == NULL)
    return FALSE;
  if (!ekl_npy_header_parse (header, text, &problem)) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT, "%s: %s", self->name, problem);
    return FALSE;
  }
  rest = self->size > self->position ? self->size - self->position : 0;
  needed = header->n_values * header->item_size;
  if (rest != needed) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: the header promises %" G_GSIZE_FORMAT " bytes of values, but %" G_GSIZE_FORMAT
                 " follow; the file is damaged or was cut off",
                 self->name, needed, rest);
    return FALSE;
  }
  return TRUE;
}

static double
decode (const guint8 *bytes, const EklNpyHeader *header)
{
  guint64 bits = 0;

  for (guint i = 0; i < header->item_size; i++)
    bits = bits << 8 | bytes[header->big_endian ? i : header->item_size - 1 - i];
  if (header->item_size == 4) {
    guint32 short_bits = (guint32) bits;
    float value;
    memcpy (&value, &short_bits, sizeof value);
    return value;
  }
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Where the file's next value goes: in Fortran order the first index runs fastest. */
typedef struct {
  gsize index[EKL_NPY_MAX_DIMENSIONS];
  gsize offset;
} Place;

static void
advance (Place *place, const EklNpyHeader *header)
{
  gsize stride = header->n_values;

  if (!header->fortran_order) {
    place->offset++;
    return;
  }
  for (guint i = 0; i < header->n_dimensions; i++) {
    stride /= header->shape[i];
    place->offset += stride;
    if (++place->index[i] < header->shape[i])
      return;
    place->offset -= stride * header->shape[i];
    place->index[i] = 0;
  }
}

static gboolean
read_values (Source *self, const EklNpyHeader *header, double *values, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK * sizeof (double));
  Place place = { 0 };

  for (gsize done = 0; done < header->n_values;) {
    gsize n = MIN (BLOCK, header->n_values - done);
    if (!read_exactly (self, block, n * header->item_size, error))
      return FALSE;
    for (gsize i = 0; i < n; i++) {
      values[place.offset] = decode (block + i * header->item_size, header);
      advance (&place, header);
    }
    done += n;
  }
  return TRUE;
}

static EklArray *
read_array (Source *self, GError **error)
{
  EklNpyHeader header;
  g_autoptr (EklArray) array = NULL;

  if (!read_header (self, &header, error))
    return NULL;
  array = ekl_array_new (header.n_dimensions, header.shape);
  if (array == NULL)
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s: too large for the memory of this computer", self->name);
  else if (!read_values (self, &header, array->values, error))
    g_clear_pointer (&array, ekl_array_free);
  return g_steal_pointer (&array);
}

/**
 * ekl_npy_read:
 * @path: a .npy file
 * @error: return location for %EKL_DATA_ERROR_READ or %EKL_DATA_ERROR_FORMAT
 *
 * Reads an array of 4 or 8 byte floating-point numbers of either byte order, in C or Fortran order,
 * with up to 4 dimensions, from version 1, 2 or 3 of the format. The values may be NaN or infinite.
 * The file has to end where its values do.
 *
 * Returns: (transfer full): the array in C order, or NULL
 */
EklArray *
ekl_npy_read (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  Source source = { .name = name };
  EklArray *array = NULL;

  if (open_source (&source, path, error))
    array = read_array (&source, error);
  if (source.stream != NULL)
    fclose (source.stream);
  return array;
}

/**
 * ekl_npy_read_bytes:
 * @bytes: (array length=size): what a .npy file holds
 * @size: how much that is
 * @name: what to call it in messages
 * @error: return location for %EKL_DATA_ERROR_READ or %EKL_DATA_ERROR_FORMAT
 *
 * As ekl_npy_read(), from memory.
 *
 * Returns: (transfer full): the array in C order, or NULL
 */
EklArray *
ekl_npy_read_bytes (const guint8 *bytes, gsize size, const char *name, GError **error)
{
  Source source = { .name = name, .size = size };
  EklArray *array;

  source.stream = fmemopen ((guint8 *) bytes, size, "rb");
  if (source.stream == NULL && size > 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: cannot be read: %s", name,
                 g_strerror (errno));
    return NULL;
  }
  array = read_array (&source, error);
  if (source.stream != NULL)
    fclose (source.stream);
  return array;
}

static gboolean
write_header (FILE *stream, guint n_dimensions, const gsize *shape)
{
  g_autofree char *text = ekl_npy_header_format (n_dimensions, shape);
  gsize length = strlen (text) + 1;
  gsize padding = ALIGNMENT - (PREAMBLE_SIZE + length) % ALIGNMENT;
  guint8 preamble[PREAMBLE_SIZE] = MAGIC "\x01";

  length += padding;
  preamble[MAGIC_SIZE + 2] = length & 0xff;
  preamble[MAGIC_SIZE + 3] = length >> 8;
  return fwrite (preamble, sizeof preamble, 1, stream) == 1 &&
         fprintf (stream, "%s%*s\n", text, (int) padding, "") == (int) length;
}

static gboolean
write_values (FILE *stream, const double *values, gsize n_values)
{
  g_autofree guint64 *block = g_new (guint64, BLOCK);

  for (gsize done = 0; done < n_values;) {
    gsize n = MIN (BLOCK, n_values - done);
    memcpy (block, values + done, n * sizeof (double));
    for (gsize i = 0; i < n; i++)
      block[i] = GUINT64_TO_LE (block[i]);
    if (fwrite (block, sizeof (double), n, stream) != n)
      return FALSE;
    done += n;
  }
  return TRUE;
}

static gboolean
write_file (int descriptor, guint n_dimensions, const gsize *shape, const double *values)
{
  FILE *stream = fdopen (descriptor, "wb");
  gsize n_values = 1;
  gboolean is_done;
  int saved;

  if (stream == NULL) {
    saved = errno;
    close (descriptor);
    errno = saved;
    return FALSE;
  }
  for (guint i = 0; i < n_dimensions; i++)
    n_values *= shape[i];
  is_done = write_header (stream, n_dimensions, shape) && write_values (stream, values, n_values);
  saved = errno;
  if (fclose (stream) == 0)
    errno = saved;
  else
    is_done = FALSE;
  return is_done;
}

/**
 * ekl_npy_write:
 * @path: where to; a file that is there is replaced
 * @n_dimensions: at most %EKL_NPY_MAX_DIMENSIONS
 * @shape: (array length=n_dimensions): their sizes
 * @values: their product many values, in C order
 * @error: return location for %EKL_DATA_ERROR_WRITE
 *
 * Writes the file that numpy.save writes for an array of float64, to the byte. It is written beside
 * @path and renamed, so that @path never holds half an array.
 *
 * Returns: whether it was written
 */
gboolean
ekl_npy_write (
  const char *path, guint n_dimensions, const gsize *shape, const double *values, GError **error)
{
  g_autofree char *beside = g_strconcat (path, ".XXXXXX", NULL);
  g_autofree char *name = g_filename_display_name (path);
  int descriptor, saved;

  g_return_val_if_fail (n_dimensions <= EKL_NPY_MAX_DIMENSIONS, FALSE);
  descriptor = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0666);
  saved = errno;
  if (descriptor >= 0) {
    if (write_file (descriptor, n_dimensions, shape, values) && g_rename (beside, path) == 0)
      return TRUE;
    saved = errno;
    g_unlink (beside);
  }
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_WRITE, "%s: cannot be written: %s", name,
               g_strerror (saved));
  return FALSE;
}
