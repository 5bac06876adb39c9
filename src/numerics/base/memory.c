/* memory.c - aligned arrays whose failure is an error, not an abort
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "memory.h"

#include "errors.h"

#include <stdlib.h>

#define ALIGNMENT 64

/**
 * ekl_memory_new:
 * @n: how many elements
 * @element_size: bytes of each
 * @what: what it is for, for the message: "the workspace of the ensemble"
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * An array on a cache line's boundary, not initialised. Free with ekl_memory_free().
 *
 * Returns: (nullable): the array, or %NULL with @error set
 */
void *
ekl_memory_new (gsize n, gsize element_size, const char *what, GError **error)
{
  gsize bytes;
  void *memory = NULL;

  if (!g_size_checked_mul (&bytes, MAX (n, 1), element_size) || bytes > G_MAXSSIZE - ALIGNMENT)
    bytes = G_MAXSSIZE - ALIGNMENT;
  else if (posix_memalign (&memory, ALIGNMENT, bytes) != 0)
    memory = NULL;

  if (memory == NULL)
    g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_NO_MEMORY,
                 "%" G_GSIZE_FORMAT " bytes for %s cannot be had; use fewer particles, a smaller "
                 "network or a smaller batch",
                 bytes, what);
  return memory;
}

/**
 * ekl_memory_free:
 * @memory: (nullable): an array of ekl_memory_new()
 */
void
ekl_memory_free (void *memory)
{
  free (memory);
}
