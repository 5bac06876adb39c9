/* ekl-window-panels.c - what the panels ask of the window, and what they remember
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#define OPTIONS_KEY "panel-options"

static void
predictions_requested_cb (EklPlotPanel *panel, EklWindow *self)
{
  ekl_workbench_set_predictions (self->workbench, ekl_plot_panel_get_request (panel));
}

/* As the row of the side panel would: at once, with a mark on the loss curve. */
static void
noise_dragged_cb (EklPlotView *view, double noise_std, EklWindow *self)
{
  g_object_set (ekl_workbench_get_experiment (self->workbench), "noise-std", noise_std, NULL);
}

/**
 * ekl_window_follow_panels:
 *
 * Does what the panels ask for.
 */
void
ekl_window_follow_panels (EklWindow *self)
{
  EklPlotPanel *predictions = self->panel[EKL_FIGURE_PREDICTIONS];

  g_signal_connect_object (predictions, "predictions-requested",
                           G_CALLBACK (predictions_requested_cb), self, 0);
  g_signal_connect_object (ekl_plot_panel_get_view (predictions), "noise-dragged",
                           G_CALLBACK (noise_dragged_cb), self, 0);
}

/* With classes gradient descent and EKI minimise different things. */
static void
tell_losses (EklWindow *self, EklTask task)
{
  EklDescentSettings descent;

  ekl_experiment_get_descent_settings (ekl_workbench_get_experiment (self->workbench), task,
                                       &descent);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    EklPlotView *view = ekl_plot_panel_get_view (self->panel[kind]);
    EklFigureOptions options = *ekl_plot_view_get_options (view);

    options.losses_differ = descent.loss != EKL_LOSS_SQUARED;
    ekl_plot_view_set_options (view, &options);
  }
}

/**
 * ekl_window_show_problem:
 *
 * Another run stands at its start: the predictions panel offers what can be seen of its data.
 */
void
ekl_window_show_problem (EklWindow *self)
{
  EklDataset *dataset = ekl_workbench_get_dataset (self->workbench);
  const EklUnit *units = ekl_dataset_get_output_units (dataset);
  const guint n = ekl_dataset_get_n_outputs (dataset);
  g_autofree const char **names = g_new0 (const char *, n + 1);
  guint width, height;

  for (guint k = 0; k < n; k++)
    names[k] = units[k].name;
  ekl_plot_panel_set_problem (self->panel[EKL_FIGURE_PREDICTIONS], names, n,
                              ekl_dataset_get_n_inputs (dataset),
                              ekl_dataset_get_task (dataset) == EKL_TASK_CLASSIFICATION,
                              ekl_dataset_get_picture_size (dataset, &width, &height));
  tell_losses (self, ekl_dataset_get_task (dataset));
}

/**
 * ekl_window_restore_panels:
 *
 * Gives the panels the options that they had.
 */
void
ekl_window_restore_panels (EklWindow *self)
{
  g_autoptr (GVariant) options = NULL;

  if (self->settings == NULL)
    return;
  options = g_settings_get_value (self->settings, OPTIONS_KEY);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    ekl_plot_panel_restore_options (self->panel[kind], options);
  ekl_window_restore_plane (self, options);
}

/**
 * ekl_window_save_panels:
 *
 * Remembers the panels' options.
 */
void
ekl_window_save_panels (EklWindow *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (self->settings == NULL)
    return;
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    ekl_plot_panel_save_options (self->panel[kind], &builder);
  ekl_window_save_plane (self, &builder);
  g_settings_set_value (self->settings, OPTIONS_KEY, g_variant_builder_end (&builder));
}
