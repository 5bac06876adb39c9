/* test-experiment.c - every setting as a property, as text and in a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "preset.h"
#include "remarks.h"
#include "setting_table.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

/* Some other value of the setting than its default, as text. */
static const char *
other_text (GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "layers"))
    return "32,8";
  if (g_str_equal (pspec->name, "start"))
    return "particle:7";
  if (g_str_equal (pspec->name, "noise-std-list"))
    return "0.1,0.3";
  if (g_str_equal (pspec->name, "types"))
    return "a:number,\"b, c\":ignored";
  if (g_str_equal (pspec->name, "delimiter"))
    return "tab";
  if (g_str_equal (pspec->name, "decimal") || g_str_equal (pspec->name, "thousands"))
    return ",";
  if (g_str_equal (pspec->name, "quote") || g_str_equal (pspec->name, "comment"))
    return "none";
  if (G_IS_PARAM_SPEC_STRING (pspec))
    return "some text";
  if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    return "yes";
  if (G_IS_PARAM_SPEC_FLAGS (pspec))
    return "gd";
  if (G_IS_PARAM_SPEC_UINT (pspec))
    return "77";
  if (G_IS_PARAM_SPEC_DOUBLE (pspec))
    return "0.123456789012345";
  return NULL;
}

static void
test_new_and_destroy (void)
{
  EklExperiment *self = ekl_experiment_new ();

  g_object_add_weak_pointer (G_OBJECT (self), (gpointer *) &self);
  g_object_unref (self);
  g_assert_null (self);
}

static void
test_table (void)
{
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  g_assert_cmpuint (n, >, 30);
  for (guint i = 0; i < n; i++) {
    GParamSpec *pspec = ekl_experiment_get_pspec (infos[i].name);
    g_autofree char *range = ekl_experiment_describe_range (infos[i].name);
    const char *blurb = g_param_spec_get_blurb (pspec);

    g_test_message ("%s: %s", infos[i].name, range);
    g_assert_cmpstr (pspec->name, ==, infos[i].name);
    g_assert_true (ekl_experiment_find_setting (infos[i].name) == &infos[i]);
    g_assert_true (g_str_has_suffix (blurb, "."));
    g_assert_cmpint (strlen (g_param_spec_get_nick (pspec)), >, 0);
    g_assert_cmpint (strlen (range), >, 0);
    if (infos[i].slider_high != 0 && G_IS_PARAM_SPEC_DOUBLE (pspec)) {
      g_assert_cmpfloat (infos[i].slider_low, >=, G_PARAM_SPEC_DOUBLE (pspec)->minimum);
      g_assert_cmpfloat (infos[i].slider_high, <=, G_PARAM_SPEC_DOUBLE (pspec)->maximum);
    }
    if (infos[i].logarithmic)
      g_assert_cmpfloat (infos[i].slider_low, >, 0);
  }
  g_assert_null (ekl_experiment_find_setting ("nonsense"));
  g_assert_null (ekl_experiment_get_pspec ("nonsense"));
}

static void
test_defaults (void)
{
  static const char *const defaults[][2] = {
    { "task", "auto" },          { "train-fraction", "0.8" },
    { "split-seed", "1" },       { "standardize", "all" },
    { "layers", "16" },          { "activation", "tanh" },
    { "loss", "squared" },       { "methods", "eki,gd" },
    { "steps", "100" },          { "seed", "1" },
    { "batch-size", "0" },       { "threads", "0" },
    { "learning-rate", "0.05" }, { "learning-rate-schedule", "constant" },
    { "optimizer", "gd" },       { "l2", "0" },
    { "start", "particle:1" },   { "form", "kalman" },
    { "ensemble-size", "50" },   { "noise-std", "0.3" },
    { "step-rule", "misfit" },   { "step-size", "1" },
    { "stop-time", "0" },        { "perturb-observations", "no" },
    { "weight-noise", "0.05" },  { "prior-weight-std", "1" },
    { "prior-bias-std", "0.1" }, { "prior-mean", "0" },
    { "prior-shape", "normal" }, { "prior-scaling", "fan-in" },
    { "initial-ensemble", "" },
  };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++) {
    g_autofree char *text = ekl_experiment_get_text (self, defaults[i][0]);

    g_assert_cmpstr (text, ==, defaults[i][1]);
    g_assert_false (ekl_experiment_is_explicit (self, defaults[i][0]));
  }
  g_assert_true (ekl_experiment_check (self, NULL));
}

/* Set other: one notify; set it again: none; and the text comes back. What adapts itself to the data is
 * another setting as somebody's choice, also of the same value. */
static void
check_round_trip (EklExperiment *self, const char *name, const char *other)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *signal = g_strconcat ("notify::", name, NULL);
  g_autofree char *before = ekl_experiment_get_text (self, name);
  g_autofree char *after = NULL;
  g_autofree char *back = NULL;
  guint n = 0;

  g_signal_connect (self, signal, G_CALLBACK (count_notify_cb), &n);
  g_assert_true (ekl_experiment_set_text (self, name, before, &error));
  g_assert_cmpuint (n, ==, ekl_setting_find (name)->adapts ? 1 : 0);
  n = 0;
  g_assert_true (ekl_experiment_set_text (self, name, other, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (ekl_experiment_set_text (self, name, other, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (ekl_experiment_is_explicit (self, name));
  after = ekl_experiment_get_text (self, name);
  g_assert_cmpstr (after, ==, other);
  ekl_experiment_reset_setting (self, name);
  back = ekl_experiment_get_text (self, name);
  g_assert_cmpstr (back, ==, before);
  g_assert_false (ekl_experiment_is_explicit (self, name));
  g_assert_cmpuint (n, ==, 2);
  g_signal_handlers_disconnect_by_data (self, &n);
}

static void
test_round_trip (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++) {
    GParamSpec *pspec = ekl_experiment_get_pspec (infos[i].name);

    if (!G_IS_PARAM_SPEC_ENUM (pspec)) {
      check_round_trip (self, infos[i].name, other_text (pspec));
      continue;
    }
    for (guint k = 0; k < G_PARAM_SPEC_ENUM (pspec)->enum_class->n_values; k++) {
      const GEnumValue *choice = &G_PARAM_SPEC_ENUM (pspec)->enum_class->values[k];

      if (choice->value != G_PARAM_SPEC_ENUM (pspec)->default_value)
        check_round_trip (self, infos[i].name, choice->value_nick);
    }
  }
}

static void
test_bad_text (void)
{
  static const char *const bad[][3] = {
    { "learning-rate", "-1", "learning-rate must be a number from 0 to 1000000, not -1" },
    { "learning-rate", "nan", "learning-rate must be a number from 0 to 1000000, not \"nan\"" },
    { "learning-rate", "inf", NULL },
    { "target", "B\xc0", NULL },
    { "types", "\xc3:number", NULL },
    { "layers", "\xff", NULL },
    { "learning-rate", "1e999", NULL },
    { "learning-rate", "", NULL },
    { "learning-rate", "0x10", NULL },
    { "learning-rate", "1 2", NULL },
    { "learning-rate", "1e", NULL },
    { "learning-rate", "0.5abc", NULL },
    { "learning-rate", "0,5",
      "learning-rate must be a number from 0 to 1000000, not \"0,5\"; "
      "write decimals with a point" },
    { "noise-std", "0", "noise-std must be a number above 0 and up to 1000000, not 0" },
    { "step-size", "0", NULL },
    { "ensemble-size", "0", "ensemble-size must be a whole number from 2 to 100000, not 0" },
    { "ensemble-size", "1", NULL },
    { "ensemble-size", "100001", NULL },
    { "ensemble-size", "5.5", NULL },
    { "ensemble-size", "-5", NULL },
    { "ensemble-size", "99999999999999999999", NULL },
    { "seed", "4294967296", NULL },
    { "train-fraction", "0", NULL },
    { "train-fraction", "1.01", NULL },
    { "activation", "swish",
      "activation must be one of tanh|relu|sigmoid|identity|step, not \"swish\"" },
    { "activation", "", NULL },
    { "perturb-observations", "maybe", "perturb-observations must be yes|no, not \"maybe\"" },
    { "methods", "", "methods must be one or more of eki,gd, not \"\"" },
    { "methods", "eki,,gd", NULL },
    { "methods", "sgd", NULL },
    { "layers", "16,,x",
      "layers: \"16,,x\" has an empty entry; give hidden widths such as 16,16, or nothing for a "
      "linear model" },
    { "layers", "16,", NULL },
    { "layers", ",", NULL },
    { "layers", "0",
      "layers: \"0\" has the entry \"0\", which is not a whole number from 1 to 4096; give hidden "
      "widths such as 16,16, or nothing for a linear model" },
    { "layers", "4097", NULL },
    { "layers", "16;16", NULL },
    { "layers", "-4", NULL },
    { "layers", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", NULL },
    { "start", "particle:0",
      "start must be particle:K with K from 1, or mean, not \"particle:0\"" },
    { "start", "", NULL },
    { "start", "particle:1x", NULL },
    { "target", "\"a", "target: the quote before \"a\" is not closed" },
    { "ignore", "a,\"b\"c", NULL },
    { "types", "a", NULL },
    { "types", "a:integer",
      "types: there is no type \"integer\" - write NAME:number, NAME:category or NAME:ignored, "
      "separated by commas" },
    { "missing", "median", "missing must be one of drop|mean|mode, not \"median\"" },
    { "sample", "-1", NULL },
    { "delimiter", ";;", "delimiter must be auto, a character, tab, space, or none, not \";;\"" },
    { "delimiter", "", NULL },
    { "delimiter", "a", NULL },
    { "delimiter", "\"", NULL },
    { "decimal", ";", "decimal must be auto, . or ,, not \";\"" },
    { "decimal", "none", NULL },
    { "thousands", "x", NULL },
    { "quote", ",", NULL },
    { "comment", "//", NULL },
    { "encoding", "latin",
      "encoding must be one of auto|UTF-8|UTF-16LE|UTF-16BE|WINDOWS-1252, not \"latin\"" },
    { "header", "maybe", NULL },
    { "nonsense", "1", "there is no setting \"nonsense\"" },
  };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  guint n_notified = 0;

  g_signal_connect (self, "notify", G_CALLBACK (count_notify_cb), &n_notified);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s=%s", bad[i][0], bad[i][1]);
    g_assert_false (ekl_experiment_set_text (self, bad[i][0], bad[i][1], &error));
    g_assert_true (error->domain == EKL_SESSION_ERROR);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, bad[i][0]));
    if (bad[i][2] != NULL)
      g_assert_cmpstr (error->message, ==, bad[i][2]);
  }
  g_assert_cmpuint (n_notified, ==, 0);
}

static void
test_good_text (void)
{
  static const char *const good[][3] = {
    { "learning-rate", " 1e-3 ", "0.001" },
    { "learning-rate", "-0", "0" },
    { "learning-rate", "1000000", "1000000" },
    { "learning-rate", "0.1", "0.1" },
    { "layers", "", "" },
    { "layers", " 16 , 8 ", "16 , 8" },
    { "layers", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,4096", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,4096" },
    { "methods", "gd, eki", "eki,gd" },
    { "perturb-observations", "True", "yes" },
    { "perturb-observations", "0", "no" },
    { "start", "mean", "mean" },
    { "prior-mean", "-0.5", "-0.5" },
    { "seed", "4294967295", "4294967295" },
    { "data", " a file ", " a file " },
    { "encoding", "utf-8", "UTF-8" },
    { "activation", "ReLU", "relu" },
    { "delimiter", "Tab", "Tab" },
    { "delimiter", ",", "," },
    { "comment", "#", "#" },
    { "target", "\"a, b\",c", "\"a, b\",c" },
  };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    ekl_experiment_set_text (self, good[i][0], good[i][1], &error);
    g_assert_no_error (error);
    text = ekl_experiment_get_text (self, good[i][0]);
    g_assert_cmpstr (text, ==, good[i][2]);
  }
}

/* Text does not depend on the locale, and any double comes back to the bit. */
static void
test_numbers (void)
{
  static const double numbers[] = {
    0.1, 1.0 / 3.0, 1e-80, 5e-7, 123456.789, 2e5, 999999.9999999999, 0.30000000000000004
  };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autofree char *locale = g_strdup (setlocale (LC_NUMERIC, NULL));

  /* where the system has that locale; elsewhere this tests the C locale */
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;

    g_object_set (self, "learning-rate", numbers[i], NULL);
    text = ekl_experiment_get_text (self, "learning-rate");
    g_object_set (self, "learning-rate", 0.0, NULL);
    ekl_experiment_set_text (self, "learning-rate", text, &error);
    g_assert_no_error (error);
    g_assert_true (ekl_experiment_get_double (self, "learning-rate") == numbers[i]);
  }
  setlocale (LC_NUMERIC, locale);
}

/* What is chosen comes back, and what is left to the reader is not explicit. */
static void
test_csv_format (void)
{
  static const EklCsvFormat formats[] = {
    { 0 },
    { .delimiter = '\t', .decimal = ',', .thousands = ' ', .quote = EKL_CSV_NONE, .comment = '#' },
    { .delimiter = ' ', .decimal = '.', .thousands = '\'', .header = EKL_CSV_HEADER_NO },
    { .delimiter = EKL_CSV_NONE, .encoding = EKL_CSV_ENCODING_UTF_16BE, .quote = '\'' },
    { .delimiter = '|', .comment = EKL_CSV_NONE, .header = EKL_CSV_HEADER_YES },
  };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  EklCsvFormat format;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    ekl_experiment_set_csv_format (self, &formats[i]);
    ekl_experiment_get_csv_format (self, &format);
    g_assert_true (ekl_csv_format_equal (&format, &formats[i]));
    g_assert_true (ekl_experiment_check (self, NULL));
    g_assert_cmpint (ekl_experiment_is_explicit (self, "delimiter"), ==, formats[i].delimiter != 0);
    g_assert_cmpint (ekl_experiment_is_explicit (self, "encoding"), ==, formats[i].encoding != 0);
    g_assert_cmpint (ekl_experiment_is_explicit (self, "comment"), ==, formats[i].comment != 0);
  }
  ekl_experiment_set_text (self, "delimiter", "#", NULL);
  ekl_experiment_set_text (self, "comment", "#", NULL);
  g_assert_false (ekl_experiment_check (self, NULL));
}

static void
test_properties (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (EklExperiment) copy = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_signal_connect (self, "notify", G_CALLBACK (count_notify_cb), &n);
  g_object_set (self, "ensemble-size", 50, "noise-std", 0.2, "methods", 0, "data", NULL, NULL);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (ekl_experiment_is_explicit (self, "ensemble-size"));
  g_assert_cmpstr (ekl_experiment_get_string (self, "data"), ==, "");

  g_assert_false (ekl_experiment_check (self, &error));
  g_assert_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE);
  g_assert_nonnull (strstr (error->message, "methods"));

  copy = ekl_experiment_copy (self);
  g_assert_cmpfloat (ekl_experiment_get_double (copy, "noise-std"), ==, 0.2);
  g_assert_true (ekl_experiment_is_explicit (copy, "noise-std"));
  g_assert_false (ekl_experiment_is_explicit (copy, "seed"));

  g_test_expect_message ("GLib-GObject", G_LOG_LEVEL_WARNING, "*nan*");
  g_object_set (self, "noise-std", NAN, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpfloat (ekl_experiment_get_double (self, "noise-std"), ==, 0.2);
}

static void
test_check (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (self, "loss", "cross-entropy", NULL);
  g_assert_true (ekl_experiment_check (self, NULL));
  ekl_experiment_set_text (self, "task", "regression", NULL);
  g_assert_false (ekl_experiment_check (self, &error));
  g_assert_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE);
}

static void
test_preset (void)
{
  static const char *const first[] = { "layers", "16,16", "noise-std", "0.1", NULL };
  static const char *const second[] = { "noise-std", "0.2", NULL };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();

  ekl_experiment_set_text (self, "data", "example:sine", NULL);
  ekl_experiment_set_text (self, "noise-std", "0.7", NULL);
  ekl_experiment_set_text (self, "seed", "5", NULL);
  ekl_experiment_apply_preset (self, first, TRUE);
  g_assert_cmpstr (ekl_experiment_get_string (self, "layers"), ==, "16,16");
  g_assert_cmpfloat (ekl_experiment_get_double (self, "noise-std"), ==, 0.7);
  g_assert_cmpuint (ekl_experiment_get_uint (self, "seed"), ==, 5);
  g_assert_false (ekl_experiment_is_explicit (self, "layers"));

  ekl_experiment_apply_preset (self, second, FALSE);
  g_assert_cmpstr (ekl_experiment_get_string (self, "layers"), ==, "16");
  g_assert_cmpfloat (ekl_experiment_get_double (self, "noise-std"), ==, 0.2);
  g_assert_cmpuint (ekl_experiment_get_uint (self, "seed"), ==, 1);
  g_assert_cmpstr (ekl_experiment_get_string (self, "data"), ==, "example:sine");
  g_assert_false (ekl_experiment_is_explicit (self, "noise-std"));
}

/* noise-std takes one number, or the list of one for each output; the last word counts. */
static void
test_noise_list (void)
{
  static const char *const bad[] = { "0.1,", "0.1,x", "0.1,0", "0,3", "0.1,-1", "0.1,nan" };
  g_autoptr (EklExperiment) self = ekl_experiment_new ();

  g_assert_true (ekl_experiment_set_text (self, "noise-std", "0.1, 0.3,2", NULL));
  g_assert_cmpstr (ekl_experiment_get_string (self, "noise-std-list"), ==, "0.1, 0.3,2");
  g_assert_cmpfloat (ekl_experiment_get_double (self, "noise-std"), ==, 0.3);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (ekl_experiment_set_text (self, "noise-std", bad[i], &error));
    g_assert_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE);
    g_assert_nonnull (strstr (error->message, "noise-std"));
  }
  g_assert_cmpstr (ekl_experiment_get_string (self, "noise-std-list"), ==, "0.1, 0.3,2");
  g_assert_true (ekl_experiment_set_text (self, "noise-std", "0.5", NULL));
  g_assert_cmpstr (ekl_experiment_get_string (self, "noise-std-list"), ==, "");
  g_assert_cmpfloat (ekl_experiment_get_double (self, "noise-std"), ==, 0.5);
}

static guint
count_remarks (EklExperiment *self, const char *word)
{
  g_auto (GStrv) remarks = ekl_experiment_get_remarks (self);
  guint n = 0;

  for (guint k = 0; remarks[k] != NULL; k++)
    n += strstr (remarks[k], word) != NULL;
  return n;
}

/* Nothing is said of the defaults; of a combination that does not do what it says, one sentence. */
static void
test_remarks (void)
{
  g_autoptr (EklExperiment) self = ekl_experiment_new ();

  g_assert_cmpuint (count_remarks (self, ""), ==, 0);
  ekl_experiment_set_text (self, "perturb-observations", "yes", NULL);
  g_assert_cmpuint (count_remarks (self, ""), ==, 0);
  ekl_experiment_set_text (self, "momentum-eki", "nesterov", NULL);
  g_assert_cmpuint (count_remarks (self, "Momentum and perturbed observations"), ==, 1);
  g_assert_cmpuint (count_remarks (self, ""), ==, 1);
  ekl_experiment_set_text (self, "perturb-observations", "no", NULL);
  ekl_experiment_set_text (self, "form", "etki", NULL);
  g_assert_cmpuint (count_remarks (self, "Momentum was made for"), ==, 1);
  ekl_experiment_set_text (self, "momentum-eki", "none", NULL);
  ekl_experiment_set_text (self, "perturb-observations", "yes", NULL);
  g_assert_cmpuint (count_remarks (self, "belong to the Kalman form"), ==, 1);
  ekl_experiment_set_text (self, "methods", "gd", NULL);
  ekl_experiment_set_text (self, "activation", "step", NULL);
  g_assert_cmpuint (count_remarks (self, "gradient of a step activation"), ==, 1);
  g_assert_cmpuint (count_remarks (self, ""), ==, 1);
  ekl_experiment_set_text (self, "layers", "", NULL);
  g_assert_cmpuint (count_remarks (self, ""), ==, 0);
}

/* Every name and text of a preset is good, all arrive before anybody hears of one, and what it does not
 * name stays. */
static void
heard_of_preset_cb (EklExperiment *experiment, GParamSpec *pspec, gpointer data)
{
  const EklPreset *preset = data;

  for (const char *const *pair = preset->settings; pair[0] != NULL; pair += 2) {
    g_autofree char *text = ekl_experiment_get_text (experiment, pair[0]);

    g_assert_cmpstr (text, ==, pair[1]);
  }
}

static void
test_presets (void)
{
  guint n;
  const EklPreset *presets = ekl_presets_list (&n);

  g_assert_cmpuint (n, >=, 1);
  for (guint i = 0; i < n; i++) {
    g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
    g_autofree char *size = NULL;
    guint n_heard = 0, n_changed;

    g_assert_true (ekl_experiment_set_text (experiment, "ensemble-size", "77", NULL));
    g_signal_connect (experiment, "notify", G_CALLBACK (heard_of_preset_cb),
                      (gpointer) &presets[i]);
    g_signal_connect (experiment, "notify", G_CALLBACK (count_notify_cb), &n_heard);
    n_changed = ekl_preset_choose (&presets[i], experiment);
    g_assert_cmpuint (n_changed, >, 0);
    g_assert_cmpuint (n_heard, ==, n_changed);
    g_assert_true (ekl_experiment_check (experiment, NULL));
    size = ekl_experiment_get_text (experiment, "ensemble-size");
    g_assert_cmpstr (size, ==, "77");
    g_assert_cmpuint (ekl_preset_choose (&presets[i], experiment), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/experiment/new-and-destroy", test_new_and_destroy);
  g_test_add_func ("/experiment/table", test_table);
  g_test_add_func ("/experiment/defaults", test_defaults);
  g_test_add_func ("/experiment/round-trip", test_round_trip);
  g_test_add_func ("/experiment/bad-text", test_bad_text);
  g_test_add_func ("/experiment/good-text", test_good_text);
  g_test_add_func ("/experiment/numbers", test_numbers);
  g_test_add_func ("/experiment/csv-format", test_csv_format);
  g_test_add_func ("/experiment/properties", test_properties);
  g_test_add_func ("/experiment/check", test_check);
  g_test_add_func ("/experiment/preset", test_preset);
  g_test_add_func ("/experiment/noise-list", test_noise_list);
  g_test_add_func ("/experiment/remarks", test_remarks);
  g_test_add_func ("/experiment/presets", test_presets);

  return g_test_run ();
}
