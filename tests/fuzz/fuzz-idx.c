/* fuzz-idx.c - any bytes as an IDX file, packed or not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "idx_reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  const guint n_dimensions = fuzz_take_last_byte (&input) % EKL_IDX_MAX_DIMENSIONS + 1;
  g_autoptr (GInputStream) stream =
    g_memory_input_stream_new_from_data (input.at, (gssize) input.n, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklIdx) idx =
    ekl_idx_read_stream (stream, "f-ubyte", n_dimensions, NULL, NULL, NULL, &error);
  gsize product = 1, sum = 0;

  if (idx == NULL) {
    fuzz_check_refusal (error, EKL_DATA_ERROR);
    return 0;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (idx->n_dimensions, ==, n_dimensions);
  for (guint d = 0; d < n_dimensions; d++)
    product *= idx->size[d];
  g_assert_cmpuint (product, ==, idx->n_values);
  for (gsize i = 0; i < idx->n_values; i++)
    sum += idx->values[i];
  g_assert_cmpuint (sum, <=, G_MAXUINT8 * idx->n_values);
  return 0;
}
