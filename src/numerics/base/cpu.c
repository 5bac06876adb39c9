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
#define OWN_VARIABLE  "EKL_CORETYPE"
#define WAIT_VARIABLE "OMP_WAIT_POLICY"
#define SPIN_VARIABLE "GOMP_SPINCOUNT"

/* How often gcc's OpenMP looks for new work before a thread sleeps: about 15 microseconds. A small
 * step has a dozen pieces of work, and to wake a sleeper costs more than most of them. Measured on two
 * cores, 13-16-1 with 100 particles: 0.49 ms a step with no look, 0.40 with 500, 0.37 with 5000; beside
 * two busy programs 0.7 ms with none, 0.8 with 500, up to 2.3 with 5000. */
#define SPIN_COUNT "500"

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

/* The kernels to start again with, or NULL where those that are loaded are right. */
static const char *
wanted_core (void)
{
  const char *own = g_getenv (OWN_VARIABLE);

  if (own != NULL && *own != '\0')
    return own;
  return core_is_too_modest () ? "SkylakeX" : NULL;
}

/* Whether a variable that a library reads when it is loaded was different, and has been set. */
static gboolean
change_variable (const char *name, const char *value)
{
  return g_strcmp0 (g_getenv (name), value) != 0 && g_setenv (name, value, TRUE);
}

/**
 * ekl_cpu_setup:
 * @argc: as main's
 * @argv: as main's, terminated by NULL
 *
 * To be called first in main, before any thread is made. Two libraries read what we want of them
 * when they are loaded, so where it is not in the environment yet it is put there and the program
 * starts itself once more:
 *
 * OpenBLAS 0.3.21 does not know recent AMD processors and takes kernels that leave half of their
 * AVX-512 speed unused. So do machines whose administrators ask all programs for the kernels that
 * every processor has; this one can tell what its processor has, so it does not follow them. To
 * choose the kernels all the same, set EKL_CORETYPE to a name that OPENBLAS_CORETYPE may have.
 *
 * OpenMP's threads spin between two pieces of work, by default for long. Where something else wants
 * the processors, such as the window or another program, the work then waits for a thread that the
 * system has put aside: steps were ten times slower. So they spin for a moment only, and then sleep.
 *
 * If the program cannot be started again it goes on, only slower. OpenBLAS itself is set to one
 * thread: the one level of parallelism is ours.
 */
void
ekl_cpu_setup (int argc, char **argv)
{
  const char *core = wanted_core ();
  gboolean again = FALSE;

  g_return_if_fail (argc >= 0 && argv != NULL);

  again |= core != NULL && change_variable (CORE_VARIABLE, core);
  if (g_getenv (WAIT_VARIABLE) == NULL && g_getenv (SPIN_VARIABLE) == NULL) {
    again |= change_variable (WAIT_VARIABLE, "passive");
    again |= change_variable (SPIN_VARIABLE, SPIN_COUNT);
  }
  if (again)
    execv ("/proc/self/exe", argv);
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
