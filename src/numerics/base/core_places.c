/* core_places.c - which core each thread of a team stands on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread that wakes up is put where it slept, or where the one that woke it runs; on busy machines
 * with few cores Linux (since 5.19) does not look for an idle one. Once two threads of a team share a
 * core they may do so for long, with another core idle beside them. So threads look where they are, and
 * one that shares its core steps aside. None is bound to a core: where it goes later is up to the system.
 */
#include "core_places.h"

#ifdef __linux__
#include <sched.h>

#define MAX_THREADS 256
#define NOWHERE     0

static gint place[MAX_THREADS]; /* atomic: 1 + the core that thread was seen on last */

static gint
get_place (guint thread)
{
  return g_atomic_int_get (&place[thread]);
}

/* With one of the first threads. */
static gboolean
is_shared (guint n_threads, gint where)
{
  for (guint i = 0; i < n_threads; i++)
    if (get_place (i) == where)
      return TRUE;
  return FALSE;
}

/* The calling thread goes to a core where none of the first threads was seen, if there is one, and may go
 * anywhere afterwards. */
static void
step_aside (guint n_threads)
{
  cpu_set_t allowed, free_cores;

  if (sched_getaffinity (0, sizeof allowed, &allowed) != 0)
    return;
  free_cores = allowed;
  for (guint i = 0; i < n_threads; i++)
    if (get_place (i) != NOWHERE)
      CPU_CLR ((gsize) get_place (i) - 1, &free_cores);
  if (CPU_COUNT (&free_cores) > 0 && sched_setaffinity (0, sizeof free_cores, &free_cores) == 0)
    sched_setaffinity (0, sizeof allowed, &allowed);
}

/**
 * ekl_place_settle:
 * @thread: number of the calling thread in its team
 * @n_threads: of the team; beyond 256 they are left alone
 *
 * To be called in a parallel region, as often as one likes. Where a thread with a lower number was seen
 * on the same core, the calling one moves to a core where nobody of the team was.
 */
void
ekl_place_settle (guint thread, guint n_threads)
{
  const gint where = sched_getcpu () + 1;

  if (thread >= MAX_THREADS || where == NOWHERE)
    return;
  if (get_place (thread) != where)
    g_atomic_int_set (&place[thread], where);
  if (!is_shared (thread, where))
    return;
  step_aside (MIN (n_threads, MAX_THREADS));
  g_atomic_int_set (&place[thread], sched_getcpu () + 1);
}

/**
 * ekl_place_avoid:
 * @n_threads: of the team, from 0, that are not to be disturbed
 *
 * The calling thread, which is not of the team, goes where none of those was seen last, if it is not there.
 */
void
ekl_place_avoid (guint n_threads)
{
  const gint where = sched_getcpu () + 1;
  const guint n = MIN (n_threads, MAX_THREADS);

  if (where != NOWHERE && is_shared (n, where))
    step_aside (n);
}

#else

void
ekl_place_settle (guint thread, guint n_threads)
{
}

void
ekl_place_avoid (guint n_threads)
{
}

#endif
