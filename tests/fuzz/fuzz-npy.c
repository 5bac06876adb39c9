/* fuzz-npy.c - any bytes as a .npy file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "npy.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EklArray) array = ekl_npy_read_bytes (bytes, n, "f.npy", &error);
  double sum = 0;
  gsize n_values;

  if (array == NULL) {
    fuzz_check_refusal (error, EKL_DATA_ERROR);
    return 0;
  }
  g_assert_no_error (error);
  n_values = ekl_array_get_n_values (array);
  g_assert_cmpuint (array->n_dimensions, <=, EKL_NPY_MAX_DIMENSIONS);
  g_assert_cmpuint (n_values, <=, n / 4);
  /* every value is there: memory checkers see what is not */
  for (gsize i = 0; i < n_values; i++)
    sum += array->values[i];
  g_assert_true (sum == sum || sum != sum);
  return 0;
}
