/* test-experiment-file.c - experiment files, good and hostile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-experiment.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
make_path (const char *name)
{
  /* every test has a folder of its own, which nobody has made yet */
  g_assert_no_errno (g_mkdir_with_parents (g_get_user_data_dir (), 0755));
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static void
assert_same_settings (EklExperiment *a, EklExperiment *b)
{
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *text_a = ekl_experiment_get_text (a, infos[i].name);
    g_autofree char *text_b = ekl_experiment_get_text (b, infos[i].name);

    g_assert_cmpstr (text_a, ==, text_b);
  }
}

static void
test_round_trip (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path ("run.ekilab");

  ekl_experiment_set_text (self, "data", "example:boston", NULL);
  ekl_experiment_set_text (self, "target", " MEDV\t#;=[x]\\n \"é\"\nα", NULL);
  ekl_experiment_set_text (self, "learning-rate", "0.012345678901234567", NULL);
  ekl_experiment_set_text (self, "layers", "", NULL);
  ekl_experiment_set_text (self, "methods", "gd", NULL);
  ekl_experiment_set_text (loaded, "seed", "99", NULL);
  ekl_experiment_save (self, path, &error);
  g_assert_no_error (error);
  ekl_experiment_load (loaded, path, &error);
  g_assert_no_error (error);
  assert_same_settings (self, loaded);
  g_assert_true (ekl_experiment_is_explicit (loaded, "learning-rate"));
  /* the default of these depends on the data, so a file must not make them explicit */
  g_assert_false (ekl_experiment_is_explicit (loaded, "noise-std"));
  g_assert_false (ekl_experiment_is_explicit (loaded, "loss"));
}

static char *
save_text (EklExperiment *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  ekl_experiment_save (self, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_text (EklExperiment *self, const char *setting, const char *expected)
{
  g_autofree char *text = ekl_experiment_get_text (self, setting);

  g_assert_cmpstr (text, ==, expected);
  g_assert_false (ekl_experiment_is_explicit (self, setting));
}

/* What the data suggest is shown, but neither written nor kept when they suggest something else. */
static void
test_suggestions (void)
{
  static const char *const preset[] = { "step-size", "5", NULL };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (EklExperiment) copy = NULL;
  g_autofree char *path = make_path ("suggested.ekilab");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  EklInversionSettings inversion;
  EklDescentSettings descent;

  ekl_experiment_apply_preset (self, preset, TRUE);
  before = save_text (self, path);
  ekl_experiment_adapt (self, EKL_TASK_CLASSIFICATION, EKL_STEP_RULE_KOVACHKI_STUART);
  copy = ekl_experiment_copy (self);
  assert_text (copy, "loss", "cross-entropy");
  assert_text (copy, "noise-std", "0.1");
  assert_text (copy, "step-size", "2");
  after = save_text (copy, path);
  g_assert_cmpstr (before, ==, after);

  /* the settings of a regression, with another step rule: what is shown does not act */
  ekl_experiment_get_descent_settings (copy, EKL_TASK_REGRESSION, &descent);
  ekl_experiment_get_inversion_settings (copy, EKL_TASK_REGRESSION, &inversion);
  g_assert_cmpint (descent.loss, ==, EKL_LOSS_SQUARED);
  g_assert_cmpfloat (inversion.noise_std, ==, 0.3);
  g_assert_cmpfloat (inversion.step_size, ==, 5);
  ekl_experiment_adapt (copy, EKL_TASK_REGRESSION, EKL_STEP_RULE_FIXED);
  assert_text (copy, "loss", "squared");
  assert_text (copy, "noise-std", "0.3");
  assert_text (copy, "step-size", "5");

  ekl_experiment_set_text (self, "loss", "squared", NULL);
  ekl_experiment_adapt (self, EKL_TASK_CLASSIFICATION, EKL_STEP_RULE_FIXED);
  ekl_experiment_get_descent_settings (self, EKL_TASK_CLASSIFICATION, &descent);
  g_assert_cmpint (descent.loss, ==, EKL_LOSS_SQUARED);
}

/* What a file says of the data is for people, whatever it says. */
static void
test_comment (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path ("comment.ekilab");
  g_autofree char *text = NULL;

  ekl_experiment_set_data_comment (self, "404 training rows\n[run]\nsteps=x\n#\n\n  a: mean 1\n");
  ekl_experiment_save (self, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# 404 training rows\n# [run]\n# steps=x\n"));
  g_assert_nonnull (strstr (text, "#   a: mean 1\n[data]\n"));
  ekl_experiment_load (loaded, path, &error);
  g_assert_no_error (error);
  assert_same_settings (self, loaded);
}

static void
test_relative_path (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = make_path ("here");
  g_autofree char *moved = make_path ("there");
  g_autofree char *data = g_build_filename (folder, "sub", "data.csv", NULL);
  g_autofree char *moved_data = g_build_filename (moved, "sub", "data.csv", NULL);
  g_autofree char *sibling = make_path ("start.npy");
  g_autofree char *file = g_build_filename (folder, "run.ekilab", NULL);
  g_autofree char *moved_file = g_build_filename (moved, "run.ekilab", NULL);
  g_autofree char *text = NULL;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0755));
  ekl_experiment_set_text (self, "data", data, NULL);
  ekl_experiment_set_text (self, "initial-ensemble", sibling, NULL);
  ekl_experiment_save (self, file, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "data=sub/data.csv\n"));
  g_assert_nonnull (strstr (text, "initial-ensemble=../start.npy\n"));

  g_assert_no_errno (g_rename (folder, moved));
  ekl_experiment_load (self, moved_file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ekl_experiment_get_string (self, "data"), ==, moved_data);
  g_assert_cmpstr (ekl_experiment_get_string (self, "initial-ensemble"), ==, sibling);
}

static void
test_defaults_where_missing (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path ("short.ekilab");

  ekl_experiment_set_text (self, "seed", "99", NULL);
  g_file_set_contents (path, "[eki-lab]\nformat=1\n[run]\nsteps=7\n", -1, NULL);
  ekl_experiment_load (self, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ekl_experiment_get_uint (self, "steps"), ==, 7);
  g_assert_cmpuint (ekl_experiment_get_uint (self, "seed"), ==, 1);
}

/* Text, a part of the message; \001 at the start of the text: random bytes instead. */
static const char *const hostile[][2] = {
  { "", "no experiment file" },
  { "hello", "hello" },
  { "CRIM,ZN\n1,2\n", "CRIM" },
  { "[eki-lab]\nformat=2\n", "newer" },
  { "[eki-lab]\nformat=abc\n", "format=1" },
  { "[run]\nsteps=7\n", "format=1" },
  { "[eki-lab]\nformat=1\n[run]\nsteps=-7\n", "steps must be" },
  { "[eki-lab]\nformat=1\n[run]\nensemble-size=7\n", "group [run] has no setting" },
  { "[eki-lab]\nformat=1\n[else]\nx=7\n", "group [else]" },
  { "[eki-lab]\nformat=1\n[network]\nlayers=16,,x\n", "empty entry" },
  { "[eki-lab]\nformat=1\n[run]\nsteps\n", "steps" },
  { "[eki-lab]\nformat=1\n[run\nsteps=1\n", "[run" },
  { "[eki-lab]\nformat=1\n[data]\ntarget=\\q\n", "target" },
  { "[eki-lab]\nformat=1\n[data]\ntarget=\xff\xfe\n", "UTF-8" },
  { "[eki-lab]\nformat=1\n[data]\ntask=regression\n[network]\nloss=cross-entropy\n", "loss" },
};

static void
check_refused (EklExperiment *self, const char *path, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);

  g_assert_false (ekl_experiment_load (self, path, &error));
  g_assert_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_nonnull (strstr (error->message, part));
  g_assert_cmpuint (ekl_experiment_get_uint (self, "seed"), ==, 99);
}

static void
test_hostile (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autofree char *path = make_path ("bad.ekilab");
  g_autofree char *large = g_strnfill (17 << 20, '#');

  ekl_experiment_set_text (self, "seed", "99", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_file_set_contents (path, hostile[i][0], -1, NULL);
    check_refused (self, path, hostile[i][1]);
  }
  g_file_set_contents (path, "\0\0\0", 3, NULL);
  check_refused (self, path, "UTF-8");
  g_file_set_contents (path, large, -1, NULL);
  check_refused (self, path, "too large");
  check_refused (self, g_get_user_data_dir (), "not a plain file");
  g_unlink (path);
  check_refused (self, path, g_strerror (ENOENT));
}

static void
test_save_fails (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path ("no-such-folder/run.ekilab");

  g_assert_false (ekl_experiment_save (self, path, &error));
  g_assert_nonnull (strstr (error->message, "no-such-folder"));
  g_clear_error (&error);
  ekl_experiment_set_text (self, "data", "/tmp/\xff.csv", NULL);
  g_assert_false (ekl_experiment_save (self, "x.ekilab", &error));
  g_assert_nonnull (strstr (error->message, "data"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/experiment-file/round-trip", test_round_trip);
  g_test_add_func ("/experiment-file/suggestions", test_suggestions);
  g_test_add_func ("/experiment-file/comment", test_comment);
  g_test_add_func ("/experiment-file/relative-path", test_relative_path);
  g_test_add_func ("/experiment-file/defaults-where-missing", test_defaults_where_missing);
  g_test_add_func ("/experiment-file/hostile", test_hostile);
  g_test_add_func ("/experiment-file/save-fails", test_save_fails);
  return g_test_run ();
}
