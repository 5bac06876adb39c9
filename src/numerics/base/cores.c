/* cores.c - who has the cores: all of them the work in progress, or one less while something else needs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A parallel region ends when the last of its threads is done. Where another thread, that which paints,
 * takes the core of one of them for some milliseconds, all others stand idle until it gives it back: on
 * two cores the steps lost twice of what was painted. So a core is lent: who needs one says so, waits
 * until the region in progress is over, and the regions that follow are one thread smaller, which changes
 * no bit of what they compute. Long regions share their work out piece by piece (EklShare): one of their
 * threads takes no more pieces when a core is lent, and a new region begins with it when the core comes back.
 */
#include "cores.h"

#include "core_places.h"

#include <omp.h>
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cleared; /* by the regions that were in progress */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static gint n_lent; /* atomic */
static gint n_busy; /* atomic: threads at work, which may be in a region with all of theirs */
static gint waits;  /* atomic: somebody waits for that to change */
static gint
  n_staying; /* atomic: of the team's threads, who stay where they are while a core is lent */

static void
init (void)
{
  pthread_condattr_t attributes;

  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&cleared, &attributes);
  pthread_condattr_destroy (&attributes);
}

static void
clear (void)
{
  if (!g_atomic_int_get (&waits))
    return;
  pthread_mutex_lock (&lock);
  g_atomic_int_set (&waits, 0);
  pthread_cond_signal (&cleared);
  pthread_mutex_unlock (&lock);
}

/**
 * ekl_cores_team:
 * @n_threads: as many as a region would take at most
 *
 * For the num_threads clause of every parallel region.
 *
 * Returns: the number of threads to take now: one less than @n_threads while a core is lent, if there
 *   are no more cores than those
 */
guint
ekl_cores_team (guint n_threads)
{
  guint n = n_threads;

  if (g_atomic_int_get (&n_lent) > 0 && n_threads > 1 &&
      n_threads >= (guint) omp_get_num_procs ()) {
    clear ();
    n--;
  }
  return n;
}

/* Of a team that has all cores. */
static gboolean
has_all (guint team)
{
  return team > 1 && team >= (guint) omp_get_num_procs ();
}

/**
 * ekl_share:
 * @n_pieces: of the work
 * @n_threads: to do it at most; 1 where it is too little to be shared
 *
 * Returns: all of the work, none of it taken
 */
EklShare
ekl_share (guint n_pieces, guint n_threads)
{
  return (EklShare){ .n_pieces = n_pieces, .n_threads = n_threads };
}

/**
 * ekl_share_begin:
 * @self: of a thread outside of any region of this work
 *
 * Sets the number of threads for a region that does what is left.
 *
 * Returns: %FALSE where nothing is
 */
gboolean
ekl_share_begin (EklShare *self)
{
  if ((guint) g_atomic_int_get (&self->next) >= self->n_pieces)
    return FALSE;
  g_atomic_int_set (&n_staying, (gint) self->n_threads - has_all (self->n_threads));
  self->team = ekl_cores_team (self->n_threads);
  self->has_left = self->ends = FALSE;
  return TRUE;
}

/* Whether the calling thread takes no more pieces in this region, since a core is lent. The thread that
 * stays lets the brush begin, and not the one that leaves: it would be put aside before it reaches the end
 * of the region, where the others would wait for it. */
static gboolean
leaves (EklShare *self)
{
  if (has_all (self->team) && omp_get_thread_num () + 1 == (int) self->team) {
    g_atomic_int_set (&self->has_left, TRUE);
    return TRUE;
  }
  if (self->team == 1 || g_atomic_int_get (&self->has_left))
    clear ();
  return FALSE;
}

/* Whether what is left is worth a new region with the core that has come back. */
static gboolean
ends (EklShare *self)
{
  const guint next = (guint) g_atomic_int_get (&self->next);

  if ((self->team < self->n_threads || g_atomic_int_get (&self->has_left)) &&
      next + 2 * self->n_threads <= self->n_pieces)
    g_atomic_int_set (&self->ends, TRUE);
  return g_atomic_int_get (&self->ends);
}

/**
 * ekl_share_take:
 * @self: of the region that the calling thread is in
 * @piece: (out): which one it is to do, from 0
 *
 * In ascending order over all threads, each piece once.
 *
 * Returns: %FALSE where the region ends
 */
gboolean
ekl_share_take (EklShare *self, guint *piece)
{
  if (g_atomic_int_get (&n_lent) ? leaves (self) : ends (self))
    return FALSE;
  ekl_place_settle ((guint) omp_get_thread_num (), self->team);
  *piece = (guint) g_atomic_int_add (&self->next, 1);
  return *piece < self->n_pieces;
}

/**
 * ekl_cores_begin_work:
 *
 * From here to ekl_cores_end_work() the calling thread may have parallel regions. Where no thread does,
 * who borrows a core does not wait.
 */
void
ekl_cores_begin_work (void)
{
  g_atomic_int_inc (&n_busy);
}

/**
 * ekl_cores_end_work:
 *
 * See ekl_cores_begin_work().
 */
void
ekl_cores_end_work (void)
{
  if (g_atomic_int_dec_and_test (&n_busy))
    clear ();
}

/**
 * ekl_cores_borrow:
 * @patience: us to wait at most for the region in progress
 *
 * Asks for a core, until ekl_cores_return(): for one thread a program, that which paints. It is no
 * promise: who has waited long enough goes on anyhow.
 */
void
ekl_cores_borrow (guint patience)
{
  struct timespec until;

  pthread_once (&once, init);
  g_atomic_int_set (&n_lent, 1);
  if (!g_atomic_int_get (&n_busy) || patience == 0)
    return;
  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_nsec += patience * 1000L;
  until.tv_sec += until.tv_nsec / 1000000000L;
  until.tv_nsec %= 1000000000L;
  pthread_mutex_lock (&lock);
  g_atomic_int_set (&waits, 1);
  while (g_atomic_int_get (&waits) && g_atomic_int_get (&n_busy) &&
         pthread_cond_timedwait (&cleared, &lock, &until) == 0)
    ;
  g_atomic_int_set (&waits, 0);
  pthread_mutex_unlock (&lock);
  ekl_place_avoid ((guint) g_atomic_int_get (&n_staying));
}

/**
 * ekl_cores_return:
 *
 * The core is free again.
 */
void
ekl_cores_return (void)
{
  g_atomic_int_set (&n_lent, 0);
}
