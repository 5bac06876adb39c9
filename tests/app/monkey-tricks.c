/* monkey-tricks.c - what it does to the run and to the views: every action of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "monkey.h"

#include "examples.h"

#include <math.h>

static const char *const figures[] = { "loss",   "plane", "predictions", "ensemble",
                                       "series", "all",   "nonsense",    NULL };

static void
act (Monkey *self, const char *action, GVariant *target)
{
  monkey_do (self, GTK_WIDGET (self->window), action, target);
}

static void
act_whole (Monkey *self, const char *action)
{
  act (self, action, g_variant_new_int32 (monkey_whole (self)));
}

static void
act_word (Monkey *self, const char *action, const char *const *words)
{
  act (self, action, g_variant_new_string (monkey_word (self, words)));
}

/* ---- the run ---- */

static void
run (Monkey *self)
{
  act (self, "win.run", NULL);
}

static void
step (Monkey *self)
{
  act_whole (self, "win.step");
}

static void
reset (Monkey *self)
{
  act (self, "win.reset", NULL);
}

static void
new_seed (Monkey *self)
{
  act (self, "win.new-seed", NULL);
}

static void
open_example (Monkey *self)
{
  guint n;
  const EklExample *examples = ekl_examples_list (&n);
  const guint k = monkey_below (self, n + 2);

  act (self, "win.open-example",
       g_variant_new_string (k < n    ? examples[k].name
                             : k == n ? "fashion-mnist"
                                      : "<b>no such</b>"));
}

static void
cancel_loading (Monkey *self)
{
  act (self, "win.cancel-loading", NULL);
}

static void
speed (Monkey *self)
{
  const double speeds[] = { 0, 1, 2, 30, 100, 1e9, -1, 1e-300, NAN, INFINITY, G_MAXDOUBLE };

  act (self, "win.speed",
       g_variant_new_double (speeds[monkey_below (self, G_N_ELEMENTS (speeds))]));
}

static void
preset (Monkey *self)
{
  static const char *const presets[] = { "lecture", "lecture", "nonsense", NULL };

  act_word (self, "win.preset", presets);
}

static void
remedy (Monkey *self)
{
  static const char *const settings[] = { "weight-noise", "respread", "redraw",    "ensemble-size",
                                          "form",         "nonsense", "inflation", NULL };
  static const char *const values[] = { "0", "0.05", "1", "2", "3", "-1", "kalman", "", NULL };

  act (self, "win.remedy",
       g_variant_new ("(ss)", monkey_word (self, settings), monkey_word (self, values)));
}

static void
undo (Monkey *self)
{
  for (guint n = 1 + monkey_below (self, 4); n > 0 && self->window != NULL; n--)
    act (self, "win.undo", NULL);
}

static void
redo (Monkey *self)
{
  for (guint n = 1 + monkey_below (self, 4); n > 0 && self->window != NULL; n--)
    act (self, "win.redo", NULL);
}

static void
replay (Monkey *self)
{
  act (self, "win.replay", NULL);
}

static void
slow_motion (Monkey *self)
{
  static const char *const actions[] = { "win.slow-motion", "win.slow-next", "win.slow-next",
                                         "win.slow-next",   "win.slow-play", NULL };

  act (self, monkey_word (self, actions), NULL);
}

const MonkeyTrick monkey_run_tricks[] = {
  /* clang-format off */
  { "run", 12, run },
  { "step", 10, step },
  { "reset", 4, reset },
  { "new-seed", 2, new_seed },
  { "open-example", 3, open_example },
  { "cancel-loading", 1, cancel_loading },
  { "speed", 2, speed },
  { "preset", 1, preset },
  { "remedy", 2, remedy },
  { "undo", 5, undo },
  { "redo", 4, redo },
  { "replay", 2, replay },
  { "slow-motion", 8, slow_motion },
  /* clang-format on */
  { NULL },
};

/* ---- the views ---- */

static void
enlarge (Monkey *self)
{
  act_whole (self, "win.enlarge");
}

static void
toggle (Monkey *self)
{
  static const char *const toggles[] = { "win.presenter",
                                         "win.side-panel",
                                         "win.log-axis",
                                         "win.fit",
                                         "win.all-settings",
                                         "win.clear-selection",
                                         "win.import-options",
                                         "win.choose-parameters",
                                         NULL };

  act (self, monkey_word (self, toggles), NULL);
}

static void
options (Monkey *self)
{
  act_whole (self, "win.options");
}

static void
look (Monkey *self)
{
  act_whole (self, "win.look");
}

static void
select_some (Monkey *self)
{
  act_whole (self, monkey_coin (self, 2) ? "win.select-particle" : "win.select-more");
}

static void
move (Monkey *self)
{
  static const char *const ways[] = { "left", "right", "up", "down", "nonsense", NULL };

  act_word (self, "win.move-selected", ways);
}

static void
basis (Monkey *self)
{
  static const char *const bases[] = { "displacement", "ends",     "random",
                                       "parameters",   "nonsense", NULL };

  act_word (self, "win.plane-basis", bases);
}

static guint64
find_parameter (Monkey *self)
{
  return monkey_coin (self, 8) ? G_MAXUINT64 : monkey_below (self, 60);
}

static void
parameters (Monkey *self)
{
  const guint64 first = find_parameter (self);
  const guint64 second = find_parameter (self);

  act (self, "win.plane-parameters", g_variant_new ("(tt)", first, second));
}

static void
copy (Monkey *self)
{
  act_word (self, "win.copy", figures);
}

static GtkWidget *
find_panel (Monkey *self)
{
  return GTK_WIDGET (ekl_window_get_panel (self->window, monkey_below (self, EKL_N_FIGURES)));
}

static void
toggle_in_panel (Monkey *self)
{
  static const char *const toggles[] = {
    "panel.log-x",        "panel.log-y",           "panel.show-band",
    "panel.show-best",    "panel.show-contours",   "panel.show-trails",
    "panel.show-ellipse", "panel.show-lens",       "panel.show-fade",
    "panel.show-colors",  "panel.show-arrows",     "panel.show-mean-output",
    "panel.fit",          "panel.show-validation", NULL
  };

  monkey_do (self, find_panel (self), monkey_word (self, toggles), NULL);
}

static void
choose_in_panel (Monkey *self)
{
  static const char *const names[] = { "panel.x-axis", "panel.shown", "panel.view",
                                       "panel.quantity", NULL };
  const char *const *const words[] = { ekl_loss_axis_names, ekl_shown_names,
                                       ekl_predictions_view_names, ekl_ensemble_quantity_names };
  static const guint n_words[] = { EKL_N_LOSS_AXES, EKL_N_SHOWN, EKL_N_PREDICTIONS_VIEWS,
                                   EKL_N_ENSEMBLE_QUANTITIES };
  const guint k = monkey_below (self, G_N_ELEMENTS (n_words));
  const guint word = monkey_below (self, n_words[k] + 1);

  monkey_do (self, find_panel (self), names[k],
             g_variant_new_string (word < n_words[k] ? words[k][word] : "nonsense"));
}

static void
turn_in_panel (Monkey *self)
{
  static const char *const names[] = { "panel.output", "panel.page", "panel.zoom", NULL };

  monkey_do (self, find_panel (self), monkey_word (self, names),
             g_variant_new_int32 (monkey_whole (self)));
}

const MonkeyTrick monkey_view_tricks[] = {
  /* clang-format off */
  { "enlarge", 4, enlarge },
  { "toggle", 5, toggle },
  { "options", 2, options },
  { "look", 3, look },
  { "select", 5, select_some },
  { "move", 3, move },
  { "basis", 4, basis },
  { "parameters", 2, parameters },
  { "copy", 1, copy },
  { "toggle-in-panel", 6, toggle_in_panel },
  { "choose-in-panel", 8, choose_in_panel },
  { "turn-in-panel", 4, turn_in_panel },
  /* clang-format on */
  { NULL },
};
