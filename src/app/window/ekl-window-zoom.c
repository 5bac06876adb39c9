/* ekl-window-zoom.c - the part of the run that the curves show: the same in both panels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who zooms the losses to some steps wants to see what the ensemble did in those, and the other way round.
 * So both panels show the same part, as long as they have the same axis; up and down each has its own.
 */
#include "config.h"

#include "ekl-window-private.h"

static const EklFigureKind curves[] = { EKL_FIGURE_LOSS, EKL_FIGURE_ENSEMBLE };

G_STATIC_ASSERT (G_N_ELEMENTS (curves) == EKL_WINDOW_CURVES);

static EklPlotView *
get_view (EklWindow *self, guint k)
{
  return ekl_plot_panel_get_view (self->panel[curves[k]]);
}

static gboolean
is_zoomed (const EklFigureOptions *options)
{
  return options->has_view && options->view_x0 < options->view_x1;
}

/* Not where the ensemble shows its spectrum, over the numbers of the values. */
static gboolean
have_same_axis (EklWindow *self)
{
  const EklFigureOptions *loss = ekl_plot_view_get_options (get_view (self, 0));
  const EklFigureOptions *ensemble = ekl_plot_view_get_options (get_view (self, 1));

  return loss->x_axis == ensemble->x_axis && loss->log_x == ensemble->log_x &&
         ensemble->quantity != EKL_ENSEMBLE_SPECTRUM;
}

/* Shows the part that @from shows, in the whole height where that was not zoomed. */
static void
show_same (EklWindow *self, guint k, const EklFigureOptions *from)
{
  EklFigureOptions options = *ekl_plot_view_get_options (get_view (self, k));

  if (is_zoomed (from) == is_zoomed (&options) &&
      (!is_zoomed (from) || (options.view_x0 == from->view_x0 && options.view_x1 == from->view_x1)))
    return;
  if (!options.has_view)
    options.view_y0 = options.view_y1 = 0;
  options.view_x0 = is_zoomed (from) ? from->view_x0 : 0;
  options.view_x1 = is_zoomed (from) ? from->view_x1 : 0;
  options.has_view = is_zoomed (from) || options.view_y0 < options.view_y1;
  self->zoomed[k] = is_zoomed (from);
  ekl_plot_view_set_options (get_view (self, k), &options);
}

/* Who zooms or fits takes the other along; who comes to the other's axis shows its part. */
static void
view_changed_cb (EklPlotView *view, EklWindow *self)
{
  const guint k = view == get_view (self, 0) ? 0 : 1;
  const EklFigureOptions now = *ekl_plot_view_get_options (view);
  const EklFigureOptions other = *ekl_plot_view_get_options (get_view (self, 1 - k));
  const gboolean was_zoomed = self->zoomed[k], same = have_same_axis (self);

  self->zoomed[k] = same && is_zoomed (&now);
  if (!same)
    return;
  if (is_zoomed (&now) || was_zoomed)
    show_same (self, 1 - k, &now);
  else if (is_zoomed (&other))
    show_same (self, k, &other);
}

/**
 * ekl_window_follow_zoom:
 *
 * From now on both panels of curves show the same part of the run.
 */
void
ekl_window_follow_zoom (EklWindow *self)
{
  for (guint k = 0; k < EKL_WINDOW_CURVES; k++)
    g_signal_connect_object (get_view (self, k), "view-changed", G_CALLBACK (view_changed_cb), self,
                             0);
}
