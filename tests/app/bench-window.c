/* bench-window.c - what the benchmarks of the window share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench-window.h"

#include "waiting.h"

#define WARM_UP_MS 1000

static void
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
}

/* The main loop as the program has it: asleep until there is something to do. */
void
let_run (guint milliseconds)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add_once (milliseconds, quit_cb, loop);
  g_main_loop_run (loop);
}

/* An example with so many particles, at full speed and past its beginning. */
void
start_run (EklWorkbench *workbench, const char *problem, guint n_particles)
{
  g_autofree char *source = g_strconcat ("example:", problem, NULL);

  ekl_workbench_open (workbench, source);
  wait_until (ekl_workbench_get_dataset (workbench) != NULL);
  g_object_set (ekl_workbench_get_experiment (workbench), "ensemble-size", n_particles, NULL);
  let_run (300);
  ekl_workbench_run (workbench);
  wait_until (ekl_workbench_get_record (workbench)->step > 2);
  let_run (WARM_UP_MS);
}
