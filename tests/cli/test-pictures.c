/* test-pictures.c - a folder of pictures through the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../data/picture-files.h"
#include "program.h"

#include <string.h>

static void
test_train (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *pictures = picture_files_folder ("clothes");

  picture_files_make_set (pictures, "train", 12, TRUE);
  picture_files_make_set (pictures, "t10k", 5, FALSE);
  g_autoptr (ProgramResult) result =
    program_run (folder, "train", pictures, "--steps=3", "--train-fraction=0.5", NULL);

  g_assert_cmpstr (result->err, ==, "");
  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out, "accuracy"));
  g_assert_null (strstr (result->out, "no validation rows"));
}

static void
test_inspect (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *pictures = picture_files_folder ("clothes");

  picture_files_make_set (pictures, "train", 12, TRUE);
  picture_files_make_set (pictures, "t10k", 5, FALSE);
  g_autoptr (ProgramResult) result = program_run (folder, "inspect", pictures, NULL);

  g_assert_cmpstr (result->err, ==, "");
  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out, "format=idx\nrows=17\n"));
  g_assert_nonnull (strstr (result->out, "training=12\ntest=5\n"));
}

/* What is wrong is said in one line, with the file's name. */
static void
test_refused (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *pictures = picture_files_folder ("clothes");

  picture_files_make_set (pictures, "train", 12, TRUE);
  g_autoptr (ProgramResult) missing = program_run (folder, "train", pictures, NULL);
  picture_files_make_set (pictures, "t10k", 5, FALSE);
  g_autoptr (ProgramResult) task =
    program_run (folder, "train", pictures, "--task=regression", NULL);

  g_assert_cmpint (missing->status, ==, 1);
  g_assert_nonnull (strstr (missing->err, "t10k-labels-idx1-ubyte"));
  g_assert_cmpint (task->status, ==, 1);
  g_assert_nonnull (strstr (task->err, "clothes: pictures come with classes"));
  g_assert_cmpuint (program_count_lines (task->err), ==, 1);
}

/* In the list where they are there; else beside it, with what to do. */
static void
test_listed (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *data = picture_files_folder ("data");
  g_autofree char *pictures = picture_files_folder ("data/datasets/fashion-mnist");

  g_assert_true (g_str_has_suffix (pictures, "fashion-mnist"));
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_DATA_DIRS", folder, TRUE);
  g_autoptr (ProgramResult) present = program_run_line (folder, "examples");
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_autoptr (ProgramResult) missing = program_run_line (folder, "examples");

  g_assert_cmpint (present->status, ==, 0);
  g_assert_cmpstr (present->err, ==, "");
  g_assert_nonnull (strstr (present->out, "\nfashion "));
  g_assert_cmpint (missing->status, ==, 0);
  g_assert_null (strstr (missing->out, "\nfashion "));
  g_assert_true (
    g_str_has_prefix (missing->err, "Fashion-MNIST (example:fashion) is not in the list: "));
  g_assert_nonnull (strstr (missing->err, "install the package dataset-fashion-mnist"));
  g_assert_cmpuint (program_count_lines (missing->err), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pictures/train", test_train);
  g_test_add_func ("/pictures/inspect", test_inspect);
  g_test_add_func ("/pictures/refused", test_refused);
  g_test_add_func ("/pictures/listed", test_listed);

  return g_test_run ();
}
