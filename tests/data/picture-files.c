/* picture-files.c - small IDX files, whole or damaged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture-files.h"

#include <glib/gstdio.h>

GByteArray *
picture_files_make_idx (guint n_dimensions, const guint *size, const guint8 *values)
{
  const guint8 head[] = { 0, 0, 8, (guint8) n_dimensions };
  GByteArray *idx = g_byte_array_new ();
  guint n = 1;

  g_byte_array_append (idx, head, sizeof head);
  for (guint d = 0; d < n_dimensions; d++) {
    const guint32 big_endian = GUINT32_TO_BE (size[d]);

    g_byte_array_append (idx, (const guint8 *) &big_endian, 4);
    n *= size[d];
  }
  g_byte_array_append (idx, values, n);
  return idx;
}

GBytes *
picture_files_pack (const guint8 *bytes, gsize length)
{
  g_autoptr (GZlibCompressor) pack = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (pack));

  g_assert_true (g_output_stream_write_all (stream, bytes, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

void
picture_files_write (const char *folder, const char *name, GByteArray *idx, gboolean packed)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes =
    packed ? picture_files_pack (idx->data, idx->len) : g_bytes_new (idx->data, idx->len);
  gsize length;
  const char *contents = g_bytes_get_data (bytes, &length);

  g_assert_true (g_file_set_contents_full (path, contents, (gssize) length,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* A folder that goes with the test (G_TEST_OPTION_ISOLATE_DIRS). */
char *
picture_files_folder (const char *name)
{
  char *folder = g_build_filename (g_get_user_data_dir (), name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return folder;
}

/* @n pictures, 2 x 3: pixel f of picture i is 10 i + f, but for the last, which is always 7; labels
 * are 3, 5, 3, 5, ... */
void
picture_files_make_set (const char *folder, const char *stem, guint n, gboolean packed)
{
  const guint size[] = { n, 2, 3 };
  g_autofree guint8 *pixels = g_new (guint8, 6 * n);
  g_autofree guint8 *labels = g_new (guint8, n);
  g_autofree char *images_name = g_strdup_printf ("%s-images-idx3-ubyte", stem);
  g_autofree char *labels_name =
    g_strdup_printf ("%s-labels%sidx1-ubyte%s", stem, packed ? "-" : ".", packed ? ".gz" : "");

  for (guint i = 0; i < n; i++) {
    for (guint f = 0; f < 6; f++)
      pixels[6 * i + f] = (guint8) (f == 5 ? 7 : 10 * i + f);
    labels[i] = i % 2 == 0 ? 3 : 5;
  }
  g_autoptr (GByteArray) images_idx = picture_files_make_idx (3, size, pixels);
  g_autoptr (GByteArray) labels_idx = picture_files_make_idx (1, size, labels);
  picture_files_write (folder, images_name, images_idx, packed);
  picture_files_write (folder, labels_name, labels_idx, packed);
}
