/* test-sources.c - what the window can open, beside a file that is named: folders, what is missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../data/picture-files.h"
#include "ekl-workbench.h"
#include "waiting.h"

typedef struct {
  EklWorkbench *workbench;
  guint n_starts;
  char *failure;
} Fixture;

static void
started_cb (Fixture *fixture)
{
  fixture->n_starts++;
}

static void
failed_cb (Fixture *fixture, const char *message)
{
  g_free (fixture->failure);
  fixture->failure = g_strdup (message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->workbench = ekl_workbench_new ();
  g_signal_connect_swapped (fixture->workbench, "run-started", G_CALLBACK (started_cb), fixture);
  g_signal_connect_swapped (fixture->workbench, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->workbench, fixture);
  ekl_workbench_close (fixture->workbench);
  g_assert_finalize_object (fixture->workbench);
  g_free (fixture->failure);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = picture_files_folder ("pictures");
  g_autofree char *subtitle = NULL;

  picture_files_make_set (folder, "train", 12, TRUE);
  picture_files_make_set (folder, "t10k", 4, FALSE);
  ekl_workbench_open (fixture->workbench, folder);
  wait_until (fixture->n_starts == 1);
  subtitle = ekl_workbench_make_subtitle (fixture->workbench);
  g_assert_true (g_str_has_prefix (subtitle, "classification — 16 × 6"));

  /* other data settings are for what was read */
  g_object_set (ekl_workbench_get_experiment (fixture->workbench), "standardize",
                EKL_STANDARDIZE_NONE, NULL);
  wait_until (fixture->n_starts == 2);
  g_assert_null (fixture->failure);
}

static void
test_missing_pictures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = picture_files_folder ("half");

  picture_files_make_set (folder, "train", 12, TRUE);
  ekl_workbench_open (fixture->workbench, folder);
  wait_until (fixture->failure != NULL);
  g_assert_nonnull (strstr (fixture->failure, "t10k"));
  g_assert_null (ekl_workbench_get_dataset (fixture->workbench));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/sources/pictures", Fixture, NULL, set_up, test_pictures, tear_down);
  g_test_add ("/sources/missing-pictures", Fixture, NULL, set_up, test_missing_pictures, tear_down);
  return g_test_run ();
}
