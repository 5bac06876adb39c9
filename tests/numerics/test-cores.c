/* test-cores.c - a core is lent to who paints, and given back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cores.h"

#include <omp.h>

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cores/team", test_team);
  g_test_add_func ("/cores/idle", test_idle);
  g_test_add_func ("/cores/busy", test_busy);
  g_test_add_func ("/cores/patience", test_patience);
  return g_test_run ();
}
