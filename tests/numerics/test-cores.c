/* test-cores.c - a core is lent to who paints, and given back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "core_places.h"
#include "cores.h"

#include <omp.h>
#ifdef __linux__
#include <sched.h>
#endif

#define LONG 20000000 /* us: nobody waits that long */

static guint
n_cores (void)
{
  return (guint) omp_get_num_procs ();
}

/* All threads of the machine, and one less while one is lent; never none. */
static void
test_team (void)
{
  const guint n = n_cores ();

  g_assert_cmpuint (ekl_cores_team (n), ==, n);
  ekl_cores_borrow (0);
  g_assert_cmpuint (ekl_cores_team (n), ==, n > 1 ? n - 1 : 1);
  g_assert_cmpuint (ekl_cores_team (n + 3), ==, n + 2);
  g_assert_cmpuint (ekl_cores_team (1), ==, 1);
  if (n > 2)
    g_assert_cmpuint (ekl_cores_team (n - 1), ==, n - 1); /* a core is free anyway */
  ekl_cores_return ();
  g_assert_cmpuint (ekl_cores_team (n), ==, n);
}

/* Nobody works: there is nothing to wait for. */
static void
test_idle (void)
{
  const gint64 start = g_get_monotonic_time ();

  ekl_cores_borrow (LONG);
  ekl_cores_return ();
  ekl_cores_begin_work ();
  ekl_cores_end_work ();
  ekl_cores_borrow (LONG);
  ekl_cores_return ();
  g_assert_cmpint (g_get_monotonic_time () - start, <, LONG);
}

typedef struct {
  gint end; /* atomic */
  gint n_regions;
} Work;

/* Region after region, as the steps are. */
static gpointer
work_thread (gpointer data)
{
  Work *work = data;

  while (!g_atomic_int_get (&work->end)) {
    ekl_cores_begin_work ();
    for (guint k = 0; k < 20; k++) {
      ekl_cores_team (MAX (n_cores (), 2));
      g_atomic_int_inc (&work->n_regions);
      g_thread_yield ();
    }
    ekl_cores_end_work ();
  }
  return NULL;
}

/* Who borrows while somebody works waits for the next region, or for the end of the work: not in vain. */
static void
test_busy (void)
{
  Work work = { 0 };
  GThread *thread = g_thread_new ("work", work_thread, &work);
  const gint64 start = g_get_monotonic_time ();

  while (g_atomic_int_get (&work.n_regions) == 0)
    g_thread_yield ();
  for (guint k = 0; k < 1000; k++) {
    ekl_cores_borrow (LONG);
    ekl_cores_return ();
  }
  g_assert_cmpint (g_get_monotonic_time () - start, <, LONG);
  g_atomic_int_set (&work.end, 1);
  g_thread_join (thread);
}

/* A region that does not end is waited for no longer than was said. */
static void
test_patience (void)
{
  const gint64 start = g_get_monotonic_time ();

  ekl_cores_begin_work ();
  ekl_cores_borrow (20000);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 20000);
  ekl_cores_return ();
  ekl_cores_end_work ();
}

/* Every piece once, on any number of threads, while cores come and go. */
static gpointer
lend_thread (gpointer data)
{
  Work *work = data;

  while (!g_atomic_int_get (&work->end)) {
    ekl_cores_borrow (1000);
    g_thread_yield ();
    ekl_cores_return ();
    g_thread_yield ();
  }
  return NULL;
}

static void
test_share_whole (void)
{
  Work work = { 0 };
  GThread *thread = g_thread_new ("lend", lend_thread, &work);

  ekl_cores_begin_work ();
  for (guint n_threads = 1; n_threads <= n_cores () + 2; n_threads++)
    for (guint n = 0; n < 300; n += 7) {
      g_autofree gint *done = g_new0 (gint, n + 1);
      EklShare share = ekl_share (n, n_threads);

      while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
        for (guint piece; ekl_share_take (&share, &piece);)
          g_atomic_int_inc (&done[piece]);
      for (guint piece = 0; piece < n; piece++)
        g_assert_cmpint (done[piece], ==, 1);
      g_assert_cmpint (done[n], ==, 0);
    }
  ekl_cores_end_work ();
  g_atomic_int_set (&work.end, 1);
  g_thread_join (thread);
}

/* One thread is missing while a core is lent, and works again when it has come back. */
static void
test_share_comes_back (void)
{
  const guint n_threads = n_cores ();
  EklShare share = ekl_share (100 * n_threads, n_threads);
  const gint64 latest = g_get_monotonic_time () + LONG;
  gint n_early = 0, n_late = 0, returned = 0;
  guint n_regions = 0;

  if (n_threads < 2)
    return;
  ekl_cores_borrow (0);
  for (; ekl_share_begin (&share); n_regions++) {
    g_assert_cmpuint (share.team, ==, n_regions == 0 ? n_threads - 1 : n_threads);
#pragma omp parallel num_threads(share.team)
    for (guint piece; ekl_share_take (&share, &piece);) {
      if (omp_get_thread_num () == (int) n_threads - 1)
        g_atomic_int_inc (g_atomic_int_get (&returned) ? &n_late : &n_early);
      if (piece == 50) {
        g_atomic_int_set (&returned, 1);
        ekl_cores_return ();
      }
      while (piece > 60 * n_threads && !g_atomic_int_get (&n_late) &&
             g_get_monotonic_time () < latest)
        g_thread_yield ();
    }
  }
  g_assert_cmpuint (n_regions, ==, 2);
  g_assert_cmpint (n_early, ==, 0);
  g_assert_cmpint (n_late, >, 0);
}

/* One thread leaves in the middle of a region, the others end it. */
static void
test_share_leaves (void)
{
  const guint n_threads = n_cores ();
  EklShare share = ekl_share (100, n_threads);
  gint n = 0, n_missing = 0;

  if (n_threads < 2)
    return;
  g_assert_true (ekl_share_begin (&share));
  g_assert_cmpuint (share.team, ==, n_threads);
#pragma omp parallel num_threads(share.team)
  {
    const gboolean leaves = omp_get_thread_num () == (int) n_threads - 1;

    if (omp_get_thread_num () == 0)
      ekl_cores_borrow (0);
#pragma omp barrier
    for (guint piece; ekl_share_take (&share, &piece);)
      g_atomic_int_inc (leaves ? &n_missing : &n);
  }
  g_assert_cmpint (n_missing, ==, 0);
  g_assert_cmpint (n, ==, 100);
  g_assert_false (ekl_share_begin (&share));
  ekl_cores_return ();
}

/* For the last few pieces no region begins anew. */
static void
test_share_ends_whole (void)
{
  const guint n_threads = n_cores ();
  EklShare share = ekl_share (2 * n_threads, n_threads);
  guint n_regions = 0;
  gint n = 0;

  ekl_cores_borrow (0);
  for (; ekl_share_begin (&share); n_regions++)
#pragma omp parallel num_threads(share.team)
    for (guint piece; ekl_share_take (&share, &piece);) {
      g_atomic_int_inc (&n);
      if (piece == 0)
        ekl_cores_return ();
    }
  g_assert_cmpuint (n_regions, ==, 1);
  g_assert_cmpint (n, ==, (int) (2 * n_threads));
}

#ifdef __linux__
/* The first two cores that the program may use. */
static gboolean
find_two (const cpu_set_t *allowed, int *core)
{
  int n = 0;

  for (int i = 0; i < CPU_SETSIZE && n < 2; i++)
    if (CPU_ISSET ((gsize) i, allowed))
      core[n++] = i;
  return n == 2;
}

static void
stand_on (int core)
{
  cpu_set_t set;

  CPU_ZERO (&set);
  CPU_SET ((gsize) core, &set);
  g_assert_cmpint (sched_setaffinity (0, sizeof set, &set), ==, 0);
}

/* The second of two that stand on one core goes to another, and so does one that avoids the first; all may go
 * where they like afterwards. The system may move them at any time, so this is tried some times. */
static void
test_places (void)
{
  cpu_set_t allowed, after;
  int core[2], n_right = 0;

  sched_getaffinity (0, sizeof allowed, &allowed);
  if (!find_two (&allowed, core)) {
    g_test_skip ("one core only");
    return;
  }
  /* of a larger team that is no more: its places are free */
  stand_on (core[1]);
  ekl_place_settle (2, 3);
  sched_setaffinity (0, sizeof allowed, &allowed);
  for (guint k = 0; k < 20; k++) {
    gboolean stepped_aside, avoided;

    stand_on (core[0]);
    ekl_place_settle (0, 2);
    sched_setaffinity (0, sizeof allowed, &allowed);
    ekl_place_settle (1, 2);
    stepped_aside = sched_getcpu () != core[0];
    stand_on (core[0]);
    sched_setaffinity (0, sizeof allowed, &allowed);
    ekl_place_avoid (1);
    avoided = sched_getcpu () != core[0];
    n_right += stepped_aside && avoided;
    sched_getaffinity (0, sizeof after, &after);
    g_assert_true (CPU_EQUAL (&allowed, &after));
  }
  g_assert_cmpint (n_right, >, 0);
}
#endif

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cores/team", test_team);
  g_test_add_func ("/cores/idle", test_idle);
  g_test_add_func ("/cores/busy", test_busy);
  g_test_add_func ("/cores/patience", test_patience);
  g_test_add_func ("/cores/share/whole", test_share_whole);
  g_test_add_func ("/cores/share/comes-back", test_share_comes_back);
  g_test_add_func ("/cores/share/leaves", test_share_leaves);
  g_test_add_func ("/cores/share/ends-whole", test_share_ends_whole);
#ifdef __linux__
  g_test_add_func ("/cores/places", test_places);
#endif
  return g_test_run ();
}
