/* idx_reader.c - IDX files of bytes, the format of MNIST's pictures and labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "idx_reader.h"

#include "real.h"

#include <unistd.h>

/* The head: two zero bytes, the type of the values, the number of dimensions, then every size as
 * four bytes, the highest first (LeCun, Cortes and Burges, "The MNIST database"). */
#define MAGIC_SIZE    4
#define TYPE_BYTES    0x08
#define FIRST_BYTES   ((gsize) 1 << 20)
#define PIECE         ((gsize) 1 << 20) /* between two looks at the progress */
#define BUFFER_SIZE   (64 * 1024)
#define GZIP_BYTE_ONE 0x1f
#define GZIP_BYTE_TWO 0x8b

typedef struct {
  const char *name; /* for messages */
  GInputStream *stream;
  EklProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
} Reader;

static gboolean G_GNUC_PRINTF (4, 5)
  fail (const Reader *self, GError **error, EklDataError code, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, EKL_DATA_ERROR, code, "%s: %s", self->name, text);
  return FALSE;
}

static gboolean
fail_with_cause (const Reader *self, GError **error, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, g_error_copy (cause));
    return FALSE;
  }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return fail (self, error, EKL_DATA_ERROR_READ, "there is no such file");
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return fail (self, error, EKL_DATA_ERROR_FORMAT,
                 "it cannot be unpacked, so it is damaged; fetch it once more");
  return fail (self, error, EKL_DATA_ERROR_READ, "cannot be read: %s", cause->message);
}

/* Up to @n bytes. A packed file that breaks off is one that ends too early, like any other. */
static gboolean
read_bytes (Reader *self, guint8 *to, gsize n, gsize *n_read, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_input_stream_read_all (self->stream, to, n, n_read, self->cancellable, &cause) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return TRUE;
  return fail_with_cause (self, error, cause);
}

/* Packed or not is seen by the first bytes, whatever the file is called. */
static gboolean
open_stream (Reader *self, GInputStream *stream, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GInputStream *buffered = g_buffered_input_stream_new_sized (stream, BUFFER_SIZE);
  const guint8 *start;
  gsize n;

  self->stream = buffered;
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), BUFFER_SIZE,
                                    self->cancellable, &cause) < 0)
    return fail_with_cause (self, error, cause);

  start = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &n);
  if (n >= 2 && start[0] == GZIP_BYTE_ONE && start[1] == GZIP_BYTE_TWO) {
    g_autoptr (GZlibDecompressor) unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    self->stream = g_converter_input_stream_new (buffered, G_CONVERTER (unpack));
    g_object_unref (buffered);
  }
  return TRUE;
}

static gboolean
open_file (Reader *self, GFile *file, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, self->cancellable, &cause);

  return stream != NULL ? open_stream (self, G_INPUT_STREAM (stream), error)
                        : fail_with_cause (self, error, cause);
}

static guint32
get_size (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* Each pixel becomes a real, beside the bytes. */
static gboolean
fits_memory (gsize n_values)
{
  const gsize pages = (gsize) sysconf (_SC_PHYS_PAGES), size = (gsize) sysconf (_SC_PAGESIZE);

  return n_values / size < pages / (1 + sizeof (real));
}

static gboolean
take_sizes (Reader *self, EklIdx *idx, const guint8 *bytes, GError **error)
{
  idx->n_values = 1;
  for (guint d = 0; d < idx->n_dimensions; d++) {
    const guint32 size = get_size (bytes + 4 * d);

    if (size == 0)
      return fail (self, error, EKL_DATA_ERROR_EMPTY, "it holds nothing: a size is 0");
    if (size > G_MAXINT || !g_size_checked_mul (&idx->n_values, idx->n_values, size))
      return fail (self, error, EKL_DATA_ERROR_FORMAT,
                   "its head asks for %u values in dimension %u, which is too much; the file is "
                   "damaged",
                   size, d + 1);
    idx->size[d] = size;
  }
  return fits_memory (idx->n_values) ||
         fail (self, error, EKL_DATA_ERROR_READ,
               "its head asks for %" G_GSIZE_FORMAT
               " values, which is too much for the memory of this computer; take a part of it, or "
               "fetch it once more",
               idx->n_values);
}

/* n_dimensions: 0 for any number up to 3. */
static gboolean
read_head (Reader *self, EklIdx *idx, guint n_dimensions, GError **error)
{
  guint8 head[MAGIC_SIZE + 4 * EKL_IDX_MAX_DIMENSIONS];
  gsize n;

  if (!read_bytes (self, head, MAGIC_SIZE, &n, error))
    return FALSE;
  if (n < MAGIC_SIZE || head[0] != 0 || head[1] != 0)
    return fail (self, error, EKL_DATA_ERROR_FORMAT, "this is not an IDX file");
  if (n_dimensions == 0 && head[3] >= 1 && head[3] <= EKL_IDX_MAX_DIMENSIONS)
    n_dimensions = head[3];
  if (head[2] != TYPE_BYTES || head[3] != n_dimensions || n_dimensions == 0)
    return fail (self, error, EKL_DATA_ERROR_FORMAT,
                 "an IDX file of bytes with %u dimension%s is wanted (its name ends in "
                 "idx%u-ubyte), not of type 0x%02x with %u",
                 MAX (n_dimensions, 1), n_dimensions > 1 ? "s" : "", MAX (n_dimensions, 1), head[2],
                 head[3]);
  idx->n_dimensions = n_dimensions;
  if (!read_bytes (self, head + MAGIC_SIZE, 4 * n_dimensions, &n, error))
    return FALSE;
  if (n < 4 * n_dimensions)
    return fail (self, error, EKL_DATA_ERROR_FORMAT, "the file ends within its head");
  return take_sizes (self, idx, head + MAGIC_SIZE, error);
}

/* In pieces, for the progress; fewer than @n where the file ends. */
static gboolean
read_pieces (Reader *self, EklIdx *idx, gsize start, gsize n, gsize *n_read, GError **error)
{
  gsize got = 0;

  *n_read = 0;
  do {
    const gsize wanted = MIN (PIECE, n - *n_read);

    /* what unpacks a stream asks only when it needs more of the file, which may be small */
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
        !read_bytes (self, idx->values + start + *n_read, wanted, &got, error))
      return FALSE;
    *n_read += got;
    if (self->progress != NULL)
      self->progress ((double) (start + *n_read) / idx->n_values, self->user_data);
    if (got < wanted)
      break;
  } while (*n_read < n);
  return TRUE;
}

/* Memory grows with what there is, not with what the head says there will be. */
static gboolean
read_values (Reader *self, EklIdx *idx, GError **error)
{
  gsize capacity = 0, n = 0, got = 0;
  guint8 beyond;

  do {
    const gsize wanted = MIN (idx->n_values, MAX (FIRST_BYTES, 2 * capacity));
    guint8 *values = g_try_realloc (idx->values, wanted);

    if (values == NULL)
      return fail (self, error, EKL_DATA_ERROR_READ,
                   "too large for the memory of this computer: %" G_GSIZE_FORMAT " bytes",
                   idx->n_values);
    idx->values = values;
    capacity = wanted;
    if (!read_pieces (self, idx, n, capacity - n, &got, error))
      return FALSE;
    n += got;
  } while (n == capacity && n < idx->n_values);

  if (n < idx->n_values)
    return fail (self, error, EKL_DATA_ERROR_FORMAT,
                 "the file ends after %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                 " values; fetch it once more",
                 n, idx->n_values);
  if (!read_bytes (self, &beyond, 1, &got, error))
    return FALSE;
  if (got > 0)
    return fail (self, error, EKL_DATA_ERROR_FORMAT,
                 "there are more than the %" G_GSIZE_FORMAT
                 " values that its head says; the file is damaged",
                 idx->n_values);
  return TRUE;
}

static EklIdx *
read_whole (Reader *self, guint n_dimensions, GError **error)
{
  g_autoptr (EklIdx) idx = g_new0 (EklIdx, 1);

  return read_head (self, idx, n_dimensions, error) && read_values (self, idx, error)
           ? g_steal_pointer (&idx)
           : NULL;
}

static char *
get_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
}

/**
 * ekl_idx_read:
 * @file: a file, packed by gzip or not
 * @n_dimensions: how many dimensions it must have, 1 to 3
 * @progress: (nullable): told how far it is, in this thread
 * @user_data: for @progress
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * Reads an IDX file of unsigned bytes, as a whole. May block: call it from a thread. Memory grows with
 * what the file holds, so that a damaged head costs nothing.
 *
 * Errors: %EKL_DATA_ERROR_READ, %EKL_DATA_ERROR_EMPTY, %EKL_DATA_ERROR_FORMAT with a sentence that
 * names the file, where its head is another one, or does not fit what follows.
 *
 * Returns: (transfer full) (nullable): sizes and values, or %NULL
 */
EklIdx *
ekl_idx_read (GFile *file,
              guint n_dimensions,
              EklProgressFunc progress,
              gpointer user_data,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *name = get_name (file);
  Reader reader = { .name = name,
                    .progress = progress,
                    .user_data = user_data,
                    .cancellable = cancellable };
  EklIdx *idx = NULL;

  g_return_val_if_fail (n_dimensions >= 1 && n_dimensions <= EKL_IDX_MAX_DIMENSIONS, NULL);

  if (open_file (&reader, file, error))
    idx = read_whole (&reader, n_dimensions, error);
  g_clear_object (&reader.stream);
  return idx;
}

/**
 * ekl_idx_read_stream:
 * @stream: what an IDX file holds, packed by gzip or not
 * @name: what to call it in messages
 * @n_dimensions: how many dimensions it must have, 1 to 3
 * @progress: (nullable): told how far it is, in this thread
 * @user_data: for @progress
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * As ekl_idx_read(), to the end of @stream.
 *
 * Returns: (transfer full) (nullable): sizes and values, or %NULL
 */
EklIdx *
ekl_idx_read_stream (GInputStream *stream,
                     const char *name,
                     guint n_dimensions,
                     EklProgressFunc progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  Reader reader = { .name = name,
                    .progress = progress,
                    .user_data = user_data,
                    .cancellable = cancellable };
  EklIdx *idx = NULL;

  g_return_val_if_fail (n_dimensions >= 1 && n_dimensions <= EKL_IDX_MAX_DIMENSIONS, NULL);

  if (open_stream (&reader, stream, error))
    idx = read_whole (&reader, n_dimensions, error);
  g_clear_object (&reader.stream);
  return idx;
}

/**
 * ekl_idx_read_head:
 * @file: a file, packed by gzip or not
 * @n_dimensions: how many dimensions it must have, 0 for any number from 1 to 3
 * @head: (out caller-allocates): what it says it holds, without values
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error, as ekl_idx_read()
 *
 * Returns: whether the file begins as an IDX file of unsigned bytes does
 */
gboolean
ekl_idx_read_head (
  GFile *file, guint n_dimensions, EklIdx *head, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = get_name (file);
  Reader reader = { .name = name, .cancellable = cancellable };
  gboolean is_read;

  *head = (EklIdx){ 0 };
  is_read = open_file (&reader, file, error) && read_head (&reader, head, n_dimensions, error);
  g_clear_object (&reader.stream);
  return is_read;
}

/**
 * ekl_idx_free:
 * @self: (nullable): what was read
 */
void
ekl_idx_free (EklIdx *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self);
}
