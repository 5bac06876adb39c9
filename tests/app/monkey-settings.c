/* monkey-settings.c - what it does to settings: any value, from the program and from the rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values that are allowed but make a single step last for minutes would leave no time for anything
 * else, so where a range goes that far the texts are chosen here.
 */
#include "monkey.h"

#include <string.h>

static const char *const bad_texts[] = {
  "",     "-1",  "0",        "1",    "1e400", "-1e400", "nan", "inf",   "1e-320",
  "abc",  "yes", "no",       ",",    "1,,2",  "1;2",    " ",   "0x10",  "9999999999999",
  "½",    "1.5", "<b>x</b>", "auto", "\t",    "%s%n",   "é",   "1 2 3", "particle:0",
  "mean", NULL
};

/* name, then texts */
static const char *const tame[][16] = {
  { "ensemble-size", "2", "3", "5", "8", "13", "50", "50", "101", "200", "333", "20", NULL },
  { "layers", "", "1", "8", "16", "16,16", "3,5,7", "64,64", "2,2,2,2,2,2", "200", "0", NULL },
  { "methods", "eki", "gd", "eki,gd", "none", "", "eki", "gd,eki,gd", "foo", NULL },
  { "threads", "0", "1", "2", "3", "64", "1024", "1025", NULL },
  { "sample", "0", "1", "2", "3", "20", "100", "1000000", "-5", NULL },
  { "batch-size", "0", "1", "2", "7", "32", "100000", NULL },
  { "online-group", "1", "2", "7", "1000", NULL },
  { "graph-neighbours", "1", "3", "10", "1000", "0", NULL },
  { "start", "particle:1", "particle:2", "particle:50", "particle:99999", "mean", NULL },
  { "target", "", "1", "2", "-1", "medv", "y", "1,2", "1-3", "x,y", "<b>", "99", NULL },
  { "ignore", "", "1", "2", "1,2", "rad,tax", "nothing", "1-12", NULL },
  { "types", "", "1:category", "1:number", "2:ignored", "x:category,y:number", ":", NULL },
  { "learning-rate", "0", "0.05", "0.1", "1", "50", "1e6", "1e-300", NULL },
  { "noise-std", "0.3", "0.001", "1e-300", "1e6", "0.1,0.2", "1,1,1", "0", NULL },
  { "step-size", "1", "1e-300", "1e6", "0.1", NULL },
  { "prior-weight-std", "1", "0", "5", "1000", "0.05", NULL },
};

static const char *const paths[] = {
  "", "/nowhere.npy", "ensemble.npy", "descent.npy", "empty.csv", NULL
};

/* Inside, at the ends, or just beyond. */
static char *
make_number (Monkey *self, double low, double high, double usual)
{
  const double near = MAX (low, MIN (high, 2 * usual + 1));

  switch (monkey_below (self, 8)) {
  case 0:
    return g_strdup_printf ("%.17g", low);
  case 1:
    return g_strdup_printf ("%.17g", high);
  case 2:
    return g_strdup_printf ("%.17g", low - 1);
  case 3:
    return g_strdup_printf ("%.17g", high * 1.001 + 1);
  default:
    return g_strdup_printf ("%.6g", low < near ? monkey_number (self, low, near) : low);
  }
}

static char *
make_choice (Monkey *self, GParamSpec *pspec)
{
  GEnumClass *words = G_PARAM_SPEC_ENUM (pspec)->enum_class;

  return g_strdup (words->values[monkey_below (self, words->n_values)].value_nick);
}

static char *
make_text (Monkey *self, const char *name)
{
  GParamSpec *pspec = ekl_experiment_get_pspec (name);

  if (monkey_coin (self, 6))
    return g_strdup (monkey_word (self, bad_texts));
  for (guint k = 0; k < G_N_ELEMENTS (tame); k++)
    if (g_str_equal (tame[k][0], name))
      return g_strdup (monkey_word (self, &tame[k][1]));
  if (g_str_has_prefix (name, "initial-") || g_str_equal (name, "noise-covariance")) {
    const char *path = monkey_word (self, paths);

    return *path == '\0' || *path == '/' ? g_strdup (path)
                                         : g_build_filename (self->folder, path, NULL);
  }
  if (G_IS_PARAM_SPEC_DOUBLE (pspec))
    return make_number (self, G_PARAM_SPEC_DOUBLE (pspec)->minimum,
                        G_PARAM_SPEC_DOUBLE (pspec)->maximum,
                        G_PARAM_SPEC_DOUBLE (pspec)->default_value);
  if (G_IS_PARAM_SPEC_UINT (pspec))
    return make_number (self, G_PARAM_SPEC_UINT (pspec)->minimum,
                        G_PARAM_SPEC_UINT (pspec)->maximum,
                        G_PARAM_SPEC_UINT (pspec)->default_value);
  if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    return g_strdup (monkey_coin (self, 2) ? "yes" : "no");
  if (G_IS_PARAM_SPEC_ENUM (pspec))
    return make_choice (self, pspec);
  return g_strdup (monkey_word (self, bad_texts));
}

/* Not the first: nobody can type which data they are. */
static const EklSettingInfo *
find_setting (Monkey *self)
{
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);

  return &settings[1 + monkey_below (self, n - 1)];
}

static void
set_text (Monkey *self, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  monkey_note ("set %s to \"%s\"", name, text);
  if (!ekl_experiment_set_text (ekl_workbench_get_experiment (self->workbench), name, text, &error))
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
}

static void
set_any (Monkey *self)
{
  const char *name = find_setting (self)->name;
  g_autofree char *text = make_text (self, name);

  set_text (self, name, text);
}

/* As a slider does: through the property. */
static void
drag_live (Monkey *self)
{
  static const char *const names[] = { "learning-rate",    "noise-std", "step-size",
                                       "weight-noise",     "l2",        "inflation",
                                       "prior-weight-std", "redraw",    NULL };
  const char *name = monkey_word (self, names);

  for (guint n = 1 + monkey_below (self, 20); n > 0 && self->window != NULL; n--) {
    const double value = monkey_number (self, 0.001, 1);

    monkey_note ("drag %s to %g", name, value);
    g_object_set (ekl_workbench_get_experiment (self->workbench), name, value, NULL);
    if (monkey_coin (self, 3))
      g_main_context_iteration (NULL, FALSE);
  }
}

static void
set_size (Monkey *self)
{
  const guint most = monkey_coin (self, 20) ? 3000 : 300;
  const guint size = 2 + monkey_below (self, most);

  monkey_note ("%u particles", size);
  g_object_set (ekl_workbench_get_experiment (self->workbench), "ensemble-size", size, NULL);
}

/* As whoever types in the side panel. */
static void
type_in_row (Monkey *self)
{
  const char *name = find_setting (self)->name;
  EklSettingRow *row = ekl_side_panel_find_row (ekl_window_get_side_panel (self->window), name);
  g_autofree char *text = make_text (self, name);

  if (row == NULL)
    return;
  monkey_note ("type \"%s\" in the row of %s", text, name);
  ekl_setting_row_apply_text (row, text);
}

static void
reset_one (Monkey *self)
{
  const char *name = find_setting (self)->name;

  monkey_note ("reset %s", name);
  ekl_experiment_reset_setting (ekl_workbench_get_experiment (self->workbench), name);
}

/* Several that act differently, before the engine has heard of the first. */
static void
set_many (Monkey *self)
{
  for (guint n = 2 + monkey_below (self, 6); n > 0; n--)
    set_any (self);
}

const MonkeyTrick monkey_setting_tricks[] = {
  /* clang-format off */
  { "set", 20, set_any },
  { "drag", 5, drag_live },
  { "size", 8, set_size },
  { "type", 10, type_in_row },
  { "reset-one", 2, reset_one },
  { "set-many", 2, set_many },
  /* clang-format on */
  { NULL },
};
