/* test-command-line.c - what is understood, and what is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "command_line.h"

#include "nearest_name.h"

#include <string.h>

static EklCommandLine *
parse (const char *line, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *whole = g_strconcat ("eki-lab-cli ", line, NULL);
  g_autoptr (GError) bad = NULL;
  int n;

  g_shell_parse_argv (whole, &n, &words, &bad);
  g_assert_no_error (bad);
  return ekl_command_line_parse (n, words, error);
}

static EklCommandLine *
parse_well (const char *line)
{
  g_autoptr (GError) error = NULL;
  EklCommandLine *self = parse (line, &error);

  g_assert_no_error (error);
  return self;
}

static const char *
get_setting (EklCommandLine *self, const char *name)
{
  const char *text = NULL;

  for (guint k = 0; k + 1 < self->settings->len; k += 2)
    if (g_str_equal (g_ptr_array_index (self->settings, k), name))
      text = g_ptr_array_index (self->settings, k + 1);

  return text;
}

static void
test_defaults (void)
{
  g_autoptr (EklCommandLine) self = parse_well ("render a.csv -o b.png");

  g_assert_cmpint (self->command, ==, EKL_COMMAND_RENDER);
  g_assert_cmpstr (self->source, ==, "a.csv");
  g_assert_cmpuint (self->settings->len, ==, 0);
  g_assert_cmpuint (self->figures, ==, 1 << EKL_FIGURE_LOSS);
  g_assert_cmpint (self->theme, ==, EKL_THEME_PRINT);
  g_assert_null (self->save_history);
}

static void
test_forms (void)
{
  g_autoptr (EklCommandLine) self = parse_well (
    "train --steps=7 --learning-rate .5 --prior-mean -1 a.csv --layers= --save-history h "
    "--steps=8 --save-ensemble=U.npy");

  g_assert_cmpstr (get_setting (self, "steps"), ==, "8");
  g_assert_cmpstr (get_setting (self, "learning-rate"), ==, ".5");
  g_assert_cmpstr (get_setting (self, "prior-mean"), ==, "-1");
  g_assert_cmpstr (get_setting (self, "layers"), ==, "");
  g_assert_cmpstr (self->source, ==, "a.csv");
  g_assert_cmpstr (self->save_history, ==, "h");
  g_assert_cmpstr (self->save_ensemble, ==, "U.npy");
}

static void
test_applied (void)
{
  g_autoptr (EklCommandLine) self = parse_well ("train a.csv --seed=3 --ensemble-size=20 --seed=4");
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();

  g_assert_true (ekl_command_line_apply_settings (self, experiment, NULL));
  g_assert_cmpuint (ekl_experiment_get_uint (experiment, "seed"), ==, 4);
  g_assert_cmpuint (ekl_experiment_get_uint (experiment, "ensemble-size"), ==, 20);
  g_assert_true (ekl_experiment_is_explicit (experiment, "seed"));
  g_assert_false (ekl_experiment_is_explicit (experiment, "steps"));
}

static void
test_switches (void)
{
  g_autoptr (EklCommandLine) alone = parse_well ("train --perturb-observations a.csv");
  g_autoptr (EklCommandLine) apart = parse_well ("train --perturb-observations no a.csv");
  g_autoptr (EklCommandLine) joined = parse_well ("train a.csv --perturb-observations=no");
  g_autoptr (EklCommandLine) last = parse_well ("train a.csv --perturb-observations");

  g_assert_cmpstr (get_setting (alone, "perturb-observations"), ==, "yes");
  g_assert_cmpstr (get_setting (apart, "perturb-observations"), ==, "no");
  g_assert_cmpstr (get_setting (joined, "perturb-observations"), ==, "no");
  g_assert_cmpstr (get_setting (last, "perturb-observations"), ==, "yes");
  g_assert_cmpstr (alone->source, ==, "a.csv");
  g_assert_cmpstr (apart->source, ==, "a.csv");
}

static void
test_end_of_options (void)
{
  g_autoptr (EklCommandLine) self = parse_well ("train --steps=1 -- --odd.csv");

  g_assert_cmpstr (self->source, ==, "--odd.csv");
}

static void
test_pictures (void)
{
  g_autoptr (EklCommandLine) self =
    parse_well ("render a.csv -o a.png -ob.SVG --output=c.pdf --figure=plane,loss --theme=dark "
                "--width=300 --height 200");
  g_autoptr (EklCommandLine) all = parse_well ("render a.csv -o a.png --figure=all");

  g_assert_cmpuint (self->pictures->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (self->pictures, 1), ==, "b.SVG");
  g_assert_cmpuint (self->figures, ==, 1 << EKL_FIGURE_PLANE | 1 << EKL_FIGURE_LOSS);
  g_assert_cmpint (self->theme, ==, EKL_THEME_DARK);
  g_assert_cmpfloat (self->width, ==, 300);
  g_assert_cmpfloat (self->height, ==, 200);
  g_assert_cmpuint (all->figures, ==, (1 << EKL_N_FIGURES) - 1);
  g_assert_cmpuint (all->quantity, ==, EKL_ENSEMBLE_SPREAD);
}

static void
test_quantity (void)
{
  g_autoptr (EklCommandLine) self =
    parse_well ("render a.csv -o a.png --figure=ensemble --quantity=cosines");

  g_assert_cmpuint (self->quantity, ==, EKL_ENSEMBLE_COSINES);
}

static void
test_help (void)
{
  g_autoptr (EklCommandLine) all = parse_well ("--help");
  g_autoptr (EklCommandLine) one = parse_well ("train a.csv --steps=1 -h --nonsense");
  g_autoptr (EklCommandLine) version = parse_well ("--version");

  g_assert_cmpint (all->command, ==, EKL_COMMAND_HELP);
  g_assert_cmpint (all->help_topic, ==, EKL_COMMAND_HELP);
  g_assert_cmpint (one->command, ==, EKL_COMMAND_HELP);
  g_assert_cmpint (one->help_topic, ==, EKL_COMMAND_TRAIN);
  g_assert_cmpint (version->command, ==, EKL_COMMAND_VERSION);
}

static void
test_bench (void)
{
  g_autoptr (EklCommandLine) all = parse_well ("bench");
  g_autoptr (EklCommandLine) two = parse_well ("bench eki-fashion-j100 eki-boston-j100");
  g_autoptr (EklCommandLine) help = parse_well ("bench --help");

  g_assert_cmpint (all->command, ==, EKL_COMMAND_BENCH);
  g_assert_cmpuint (all->cases->len, ==, 0);
  g_assert_cmpuint (two->cases->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (two->cases, 1), ==, "eki-boston-j100");
  g_assert_cmpint (help->help_topic, ==, EKL_COMMAND_BENCH);
}

/* Each line with words that its sentence must have. */
static const char *const refused[][3] = {
  { "", "train", "--help" },
  { "trian a.csv", "\"trian\"", "train?" },
  { "inspcet a.csv", "\"inspcet\"", "inspect" },
  { "train", "FILE", "example:" },
  { "train a.csv b.csv", "\"a.csv\"", "\"b.csv\"" },
  { "train a.csv --stpes=5", "--stpes", "--steps?" },
  { "train a.csv --learning=5", "--learning", "--learning-rate" },
  { "train a.csv --zzzzzz", "--zzzzzz", "--help" },
  { "train a.csv --data=b.csv", "--data", "" },
  { "train a.csv -x", "-x", "--help" },
  { "train a.csv -o b.png", "-o", "" },
  { "train a.csv --figure=loss", "--figure", "" },
  { "train a.csv --target --steps=5", "--target", "value" },
  { "train a.csv --steps", "--steps", "value" },
  { "train a.csv --steps=", "steps", "whole number" },
  { "train a.csv --ensemble-size=0", "ensemble-size", "from 2" },
  { "train a.csv --learning-rate=-1", "learning-rate", "from 0" },
  { "train a.csv --learning-rate=nan", "learning-rate", "\"nan\"" },
  { "train a.csv --learning-rate=0,5", "learning-rate", "\"0,5\"" },
  { "train a.csv --layers=16,,x", "layers", "16,,x" },
  { "train a.csv --methods=", "methods", "eki" },
  { "train a.csv --methods=sgd", "methods", "sgd" },
  { "train a.csv --activation=swish", "activation", "tanh" },
  { "train a.csv --save-history=", "--save-history", "name" },
  { "train a.csv --help=yes", "--help", "no value" },
  { "render a.csv", "-o", ".png" },
  { "render a.csv -o b.gif", "b.gif", ".png" },
  { "render a.csv -o .png", ".png", ".svg" },
  { "render a.csv -o b.png --figure=los", "--figure", "loss" },
  { "render a.csv -o b.png --figure=", "--figure", "loss" },
  { "render a.csv -o b.png --quantity=rank", "--quantity", "spectrum" },
  { "render a.csv -o b.png --theme=black", "--theme", "dark" },
  { "render a.csv -o b.png --width=0", "--width", "100" },
  { "render a.csv -o b.png --width=nan", "--width", "100" },
  { "render a.csv -o b.png --height=1e9", "--height", "8000" },
  { "examples boston", "boston", "example:NAME" },
  { "examples --steps=1", "--steps", "" },
  { "bench boston", "\"boston\"", "eki-boston-j100, " },
  { "bench eki-boston-j100 nonsense", "\"nonsense\"", "sgd-epoch-fashion-b100" },
  { "bench --steps=1", "--steps", "bench --help" },
};

static void
test_refused (gconstpointer data)
{
  const char *const *row = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (row[0], &error));
  g_assert_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE);
  g_test_message ("%s: %s", row[0], error->message);
  g_assert_nonnull (g_strrstr (error->message, row[1]));
  g_assert_nonnull (g_strrstr (error->message, row[2]));
  g_assert_null (strchr (error->message, '\n'));
}

static void
test_nearest (void)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char *long_name = g_strnfill (100000, 's');

  g_ptr_array_add (known, (gpointer) "steps");
  g_ptr_array_add (known, (gpointer) "step-size");
  g_ptr_array_add (known, (gpointer) "seed");
  g_ptr_array_add (known, (gpointer) "perturb-observations");

  g_assert_cmpstr (ekl_nearest_name ("stpes", known), ==, "steps");
  g_assert_cmpstr (ekl_nearest_name ("Seed", known), ==, "seed");
  g_assert_cmpstr (ekl_nearest_name ("stepsize", known), ==, "step-size");
  g_assert_cmpstr (ekl_nearest_name ("perturb", known), ==, "perturb-observations");
  g_assert_null (ekl_nearest_name ("banana", known));
  g_assert_null (ekl_nearest_name ("", known));
  g_assert_null (ekl_nearest_name (long_name, known));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command-line/defaults", test_defaults);
  g_test_add_func ("/command-line/forms", test_forms);
  g_test_add_func ("/command-line/applied", test_applied);
  g_test_add_func ("/command-line/switches", test_switches);
  g_test_add_func ("/command-line/end-of-options", test_end_of_options);
  g_test_add_func ("/command-line/pictures", test_pictures);
  g_test_add_func ("/command-line/quantity", test_quantity);
  g_test_add_func ("/command-line/help", test_help);
  g_test_add_func ("/command-line/bench", test_bench);
  g_test_add_func ("/command-line/nearest-name", test_nearest);
  for (guint k = 0; k < G_N_ELEMENTS (refused); k++) {
    g_autofree char *path = g_strdup_printf ("/command-line/refused/%u", k + 1);
    g_test_add_data_func (path, refused[k], test_refused);
  }

  return g_test_run ();
}
