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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pictures/train", test_train);
  g_test_add_func ("/pictures/refused", test_refused);

  return g_test_run ();
}
