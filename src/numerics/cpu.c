/* cpu.c - once at the start of a program: the BLAS kernels and the threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"

#include <cblas.h>
#include <omp.h>
#include <string.h>
#include <unistd.h>

#define CORE_VARIABLE "OPENBLAS_CORETYPE"

static gboolean
core_is_too_modest (void)
{
#if defined(__x86_64__) && defined(__GNUC__)
  const char *core = openblas_get_corename ();

  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq") &&
         __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vl") &&
         (g_ascii_strcasecmp (core, "haswell") == 0 || g_ascii_strcasecmp (core, "zen") == 0);
#else
  return FALSE;
#endif
}

/**
 * ekl_cpu_setup:
 * @argc: as main's
 * @argv: as main's, terminated by NULL
 *
 * To be called first in main, before any thread is made.
 *
 * OpenBLAS 0.3.21 does not know recent AMD processors and takes kernels that leave half of their
 * AVX-512 speed unused. It reads its core type when the library is loaded, so where that happened
 * the type is set and the program starts itself once more. A value that the user has set is
 * respected. If the program cannot be started again it goes on, only slower.
 *
 * OpenBLAS itself is set to one thread: the one level of parallelism is ours.
 */
void
ekl_cpu_setup (int argc, char **argv)
{
  g_return_if_fail (argc >= 0 && argv != NULL);

  if (g_getenv (CORE_VARIABLE) == NULL && core_is_too_modest () &&
      g_setenv (CORE_VARIABLE, "SkylakeX", TRUE)) {
    execv ("/proc/self/exe", argv);
    g_unsetenv (CORE_VARIABLE);
  }
  openblas_set_num_threads (1);
}

/**
 * ekl_cpu_threads:
 * @requested: a number of threads, or 0 for all cores
 *
 * Returns: the number of threads to use, at least 1 and at most 256
 */
guint
ekl_cpu_threads (guint requested)
{
  guint n = requested > 0 ? requested : (guint) MAX (1, omp_get_num_procs ());

  return MIN (n, 256);
}
