/* ekl-plot-panel-options.c - what a figure shows and how: the panel's actions, and what is remembered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-plot-panel-private.h"

#include <glib/gi18n.h>

/* A yes or no of the figure's options. */
typedef struct {
  const char *action;
  gsize offset;
  gboolean negated; /* the option says the opposite */
  gboolean refits;  /* a zoom would show another place */
} Toggle;

#define OPTION(name) G_STRUCT_OFFSET (EklFigureOptions, name)

static const Toggle toggles[] = {
  { "log-x", OPTION (log_x), FALSE, TRUE },
  { "log-y", OPTION (linear_y), TRUE, TRUE },
  { "show-band", OPTION (hide_band), TRUE, FALSE },
  { "show-former", OPTION (hide_former), TRUE, FALSE },
  { "show-best", OPTION (show_best), FALSE, FALSE },
  { "show-mean-output", OPTION (show_mean_output), FALSE, FALSE },
  { "show-validation", OPTION (show_validation), FALSE, FALSE },
  { "show-contours", OPTION (hide_contours), TRUE, FALSE },
  { "show-trails", OPTION (hide_trails), TRUE, FALSE },
  { "show-ellipse", OPTION (hide_ellipse), TRUE, FALSE },
  { "show-lens", OPTION (hide_lens), TRUE, FALSE },
  { "show-fade", OPTION (hide_fade), TRUE, FALSE },
  { "show-colors", OPTION (hide_colors), TRUE, FALSE },
  { "show-arrows", OPTION (show_arrows), FALSE, FALSE },
};

/* What is remembered from one day to the next, beside the toggles. */
static const char *const remembered[] = { "x-axis", "view", "shown", "quantity" };

static GAction *
get_action (EklPlotPanel *self, const char *name)
{
  return g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
}

static void
toggle_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++) {
    const Toggle *toggle = &toggles[i];

    if (!g_str_equal (g_action_get_name (G_ACTION (action)), toggle->action))
      continue;
    G_STRUCT_MEMBER (gboolean, &options, toggle->offset) =
      g_variant_get_boolean (state) != toggle->negated;
    options.has_view = options.has_view && !toggle->refits;
    ekl_plot_view_set_options (self->view, &options);
    g_simple_action_set_state (action, state);
  }
}

/* The number of a word; n where it is none of them. */
static guint
find_word (GVariant *state, const char *const *words, guint n)
{
  const char *word = g_variant_get_string (state, NULL);
  guint k = 0;

  while (k < n && !g_str_equal (word, words[k]))
    k++;
  return k;
}

static void
x_axis_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);
  const guint axis = find_word (state, ekl_loss_axis_names, EKL_N_LOSS_AXES);

  if (axis == EKL_N_LOSS_AXES)
    return;
  options.x_axis = axis;
  options.has_view = FALSE;
  ekl_plot_view_set_options (self->view, &options);
  g_simple_action_set_state (action, state);
}

static void
shown_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);
  const guint shown = find_word (state, ekl_shown_names, EKL_N_SHOWN);

  if (shown == EKL_N_SHOWN)
    return;
  options.shown = shown;
  ekl_plot_view_set_options (self->view, &options);
  g_simple_action_set_state (action, state);
}

static void
view_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  const guint view = find_word (state, ekl_predictions_view_names, EKL_N_PREDICTIONS_VIEWS);

  if (view == EKL_N_PREDICTIONS_VIEWS)
    return;
  self->request.view = view;
  g_simple_action_set_state (action, state);
  ekl_plot_view_fit (self->view);
  ekl_plot_panel_request (self);
}

static void
output_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;

  self->request.output_index = (guint) MAX (g_variant_get_int32 (state), 0);
  g_simple_action_set_state (action, state);
  ekl_plot_view_fit (self->view);
  ekl_plot_panel_request (self);
}

/* By as many pictures as are on this page; beyond the last one it begins anew. */
static void
page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  const EklPredictions *predictions = ekl_plot_view_get_data (self->view)->predictions;
  const guint n = ekl_plot_view_get_layout (self->view)->n_pictures;
  guint first, n_all;

  if (n == 0 || predictions == NULL || predictions->pictures == NULL)
    return;
  first = predictions->pictures->first;
  n_all = predictions->pictures->n_all;
  if (g_variant_get_int32 (parameter) > 0)
    first = first + n < n_all ? first + n : 0;
  else if (first > 0)
    first = first > n ? first - n : 0;
  else
    first = (n_all - 1) / n * n;
  self->request.first_picture = first;
  ekl_plot_panel_request (self);
}

static void
show_quantity (EklPlotPanel *self, EklEnsembleQuantity quantity)
{
  static const char *const labels[EKL_N_ENSEMBLE_QUANTITIES] = {
    [EKL_ENSEMBLE_SPREAD] = N_ ("Spread"),         [EKL_ENSEMBLE_SPECTRUM] = N_ ("Spectrum"),
    [EKL_ENSEMBLE_COSINES] = N_ ("Directions"),    [EKL_ENSEMBLE_SPAN] = N_ ("Span"),
    [EKL_ENSEMBLE_STEP_SIZES] = N_ ("Step sizes"), [EKL_ENSEMBLE_REPAIRED] = N_ ("Redrawn"),
  };

  gtk_menu_button_set_label (self->quantity_button, _ (labels[quantity]));
}

static void
quantity_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);
  const guint quantity = find_word (state, ekl_ensemble_quantity_names, EKL_N_ENSEMBLE_QUANTITIES);

  if (quantity == EKL_N_ENSEMBLE_QUANTITIES)
    return;
  /* the part of the run stays the same; what has another height, or an axis of its own, is shown whole */
  options.view_y0 = options.view_y1 = 0;
  options.has_view = options.has_view && options.view_x0 < options.view_x1 &&
                     options.quantity != EKL_ENSEMBLE_SPECTRUM && quantity != EKL_ENSEMBLE_SPECTRUM;
  options.quantity = quantity;
  ekl_plot_view_set_options (self->view, &options);
  show_quantity (self, quantity);
  g_simple_action_set_state (action, state);
}

static void
fit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_plot_view_fit (EKL_PLOT_PANEL (user_data)->view);
}

static void
zoom_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_plot_view_zoom (EKL_PLOT_PANEL (user_data)->view, g_variant_get_int32 (parameter));
}

/**
 * ekl_plot_panel_add_options:
 *
 * Adds the panel's actions.
 */
void
ekl_plot_panel_add_options (EklPlotPanel *self)
{
  static const GActionEntry entries[] = {
    { "x-axis", NULL, "s", "'step'", x_axis_cb },
    { "shown", NULL, "s", "'eki'", shown_cb },
    { "view", NULL, "s", "'auto'", view_cb },
    { "output", NULL, "i", "0", output_cb },
    { "page", page_cb, "i" },
    { "zoom", zoom_cb, "i" },
    { "quantity", NULL, "s", "'spread'", quantity_cb },
    { "fit", fit_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++) {
    g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (toggles[i].action, NULL, g_variant_new_boolean (FALSE));

    g_signal_connect (action, "change-state", G_CALLBACK (toggle_cb), self);
    g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "panel", G_ACTION_GROUP (self->actions));
}

/**
 * ekl_plot_panel_show_options:
 *
 * Makes the toggles' states those of the figure's options, so the menu opens with what is drawn.
 */
void
ekl_plot_panel_show_options (EklPlotPanel *self)
{
  const EklFigureOptions *options = ekl_plot_view_get_options (self->view);

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    g_simple_action_set_state (
      G_SIMPLE_ACTION (get_action (self, toggles[i].action)),
      g_variant_new_boolean (G_STRUCT_MEMBER (gboolean, options, toggles[i].offset) !=
                             toggles[i].negated));
  show_quantity (self, options->quantity);
}

static char *
make_key (EklPlotPanel *self, const char *action)
{
  const EklFigureKind kind = ekl_plot_view_get_kind (self->view);

  return g_strdup_printf ("%s.%s", ekl_figure_kind_get_name (kind), action);
}

static void
save_one (EklPlotPanel *self, const char *action, GVariantBuilder *builder)
{
  g_autofree char *key = make_key (self, action);
  g_autoptr (GVariant) state = g_action_get_state (get_action (self, action));

  g_variant_builder_add (builder, "{sv}", key, state);
}

/**
 * ekl_plot_panel_save_options:
 * @builder: of a dictionary, a{sv}
 *
 * Adds what the user has chosen for this figure.
 */
void
ekl_plot_panel_save_options (EklPlotPanel *self, GVariantBuilder *builder)
{
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    save_one (self, toggles[i].action, builder);
  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++)
    save_one (self, remembered[i], builder);
}

static void
restore_one (EklPlotPanel *self, const char *name, GVariant *options)
{
  GAction *action = get_action (self, name);
  g_autofree char *key = make_key (self, name);
  g_autoptr (GVariant) state =
    g_variant_lookup_value (options, key, g_action_get_state_type (action));

  if (state != NULL)
    g_action_change_state (action, state);
}

/**
 * ekl_plot_panel_restore_options:
 * @options: what ekl_plot_panel_save_options() made; what is not there or of another kind stays
 *
 * Chooses the same again.
 */
void
ekl_plot_panel_restore_options (EklPlotPanel *self, GVariant *options)
{
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    restore_one (self, toggles[i].action, options);
  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++)
    restore_one (self, remembered[i], options);
}
