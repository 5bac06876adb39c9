/* ekl-window-plane.c - the parameter plane: how it is looked at, what is selected and moved in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"
#include "change.h"
#include "plane_dialog.h"

#include <math.h>

#define MOVE_SHARE   0.02 /* of the picture's width, by one key */
#define ASPECT_SHARE 0.02 /* that another shape of the picture may differ by, unseen */

static const char *const bases[] = {
  [EKL_PLANE_BASIS_DISPLACEMENT] = "displacement",
  [EKL_PLANE_BASIS_ENDS] = "ends",
  [EKL_PLANE_BASIS_RANDOM] = "random",
  [EKL_PLANE_BASIS_PARAMETERS] = "parameters",
};

static EklPlotView *
get_view (EklWindow *self)
{
  return ekl_plot_panel_get_view (self->panel[EKL_FIGURE_PLANE]);
}

/* Of what was drawn last; labels that come and go make no other shape of it. */
static double
find_aspect (EklWindow *self)
{
  const EklFigureLayout *layout = ekl_plot_view_get_layout (get_view (self));
  const double former = self->plane_wish.aspect;
  const double aspect = layout->height > 1 ? layout->width / layout->height : former;

  return fabs (aspect - former) > ASPECT_SHARE * former ? aspect : former;
}

static gboolean
are_equal (const EklPlaneWish *a, const EklPlaneWish *b)
{
  return a->basis == b->basis && a->parameter[0] == b->parameter[0] &&
         a->parameter[1] == b->parameter[1] && a->trails == b->trails && a->arrows == b->arrows &&
         a->animated == b->animated && a->has_box == b->has_box && a->aspect == b->aspect &&
         (!a->has_box || (a->box.x0 == b->box.x0 && a->box.x1 == b->box.x1 &&
                          a->box.y0 == b->box.y0 && a->box.y1 == b->box.y1));
}

/**
 * ekl_window_update_plane:
 *
 * Tells the engine how the plane is looked at, where that has changed, and the figure whether points
 * can be moved.
 */
void
ekl_window_update_plane (EklWindow *self)
{
  const EklFigureOptions *options = ekl_plot_view_get_options (get_view (self));
  EklPlaneWish wish = self->plane_wish;

  wish.trails = !options->hide_trails;
  wish.arrows = options->show_arrows;
  wish.has_box = options->has_view;
  wish.aspect = find_aspect (self);
  wish.box =
    (EklPlaneBox){ options->view_x0, options->view_x1, options->view_y0, options->view_y1 };
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations",
                &wish.animated, NULL);
  ekl_plot_view_set_points_move (get_view (self), ekl_workbench_can_move (self->workbench));
  if (are_equal (&wish, &self->plane_wish))
    return;
  self->plane_wish = wish;
  ekl_workbench_set_plane (self->workbench, &wish);
}

static void
view_changed_cb (EklWindow *self)
{
  ekl_window_update_plane (self);
}

static void
particles_chosen_cb (EklWindow *self, GArray *chosen, gboolean toggle)
{
  ekl_workbench_select (self->workbench, (const guint *) chosen->data, chosen->len, toggle);
}

/* particle: from 0; -1: gradient descent's start */
static void
move_point (EklWindow *self, int particle, EklPoint to)
{
  g_autofree char *name = particle < 0 ? g_strdup (EKL_CHANGE_DESCENT)
                                       : g_strdup_printf (EKL_CHANGE_PARTICLE "%d", particle + 1);

  if (ekl_workbench_can_move (self->workbench))
    ekl_workbench_move_in_plane (self->workbench, name, to);
}

static void
point_moved_cb (EklWindow *self, int particle, double x, double y)
{
  move_point (self, particle, (EklPoint){ x, y });
}

/* The rings at once, from what is shown; curves and answers come with the next frame. */
static void
selection_changed_cb (EklWindow *self)
{
  EklPlotView *view = get_view (self);
  EklFigureData data = *ekl_plot_view_get_data (view);
  guint n;

  data.selected = ekl_workbench_get_selected (self->workbench, &n);
  data.n_selected = n;
  ekl_plot_view_set_data (view, &data);
}

/* ---- actions ---- */

static void
basis_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklWindow *self = user_data;

  for (guint basis = 0; basis < G_N_ELEMENTS (bases); basis++)
    if (g_str_equal (g_variant_get_string (state, NULL), bases[basis])) {
      self->plane_wish.basis = basis;
      g_simple_action_set_state (action, state);
      ekl_plot_view_fit (get_view (self));
      ekl_workbench_set_plane (self->workbench, &self->plane_wish);
    }
}

/* The two parameters that span the plane, from 0. */
static void
parameters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  guint64 first, second;

  g_variant_get (parameter, "(tt)", &first, &second);
  self->plane_wish.parameter[0] = first;
  self->plane_wish.parameter[1] = second;
  g_action_group_change_action_state (G_ACTION_GROUP (self), "plane-basis",
                                      g_variant_new_string (bases[EKL_PLANE_BASIS_PARAMETERS]));
}

static void
choose_parameters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  EklNetwork network;

  if (ekl_workbench_get_network (self->workbench, &network))
    ekl_plane_dialog_show (GTK_WINDOW (self), &network, self->plane_wish.parameter);
}

static void
select_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_select_next (EKL_WINDOW (user_data)->workbench, g_variant_get_int32 (parameter));
}

static void
select_more_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_select_more (EKL_WINDOW (user_data)->workbench, g_variant_get_int32 (parameter));
}

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_select (EKL_WINDOW (user_data)->workbench, NULL, 0, FALSE);
}

/* What is selected goes a little way, as far as the picture is large; without a selection it is
 * gradient descent's start. */
static void
move_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  const char *where = g_variant_get_string (parameter, NULL);
  const EklFigureLayout *layout = ekl_plot_view_get_layout (get_view (self));
  const EklPlane *plane = ekl_workbench_get_plane (self->workbench);
  const double way = MOVE_SHARE * (layout->x1 - layout->x0);
  const double dx = g_str_equal (where, "left") ? -way : g_str_equal (where, "right") ? way : 0;
  const double dy = g_str_equal (where, "down") ? -way : g_str_equal (where, "up") ? way : 0;
  const guint *selected;
  guint n;

  if (plane == NULL)
    return;
  selected = ekl_workbench_get_selected (self->workbench, &n);
  for (guint k = 0; k < n; k++)
    if (selected[k] < plane->n_particles) {
      const EklPoint p = plane->particle[selected[k]];

      move_point (self, (int) selected[k], (EklPoint){ p.x + dx, p.y + dy });
    }
  if (n == 0 && plane->n_descent_path > 0)
    move_point (self, -1,
                (EklPoint){ plane->descent_path[0].x + dx, plane->descent_path[0].y + dy });
}

/**
 * ekl_window_follow_plane:
 *
 * Adds the plane's actions, and does what its figure asks for.
 */
void
ekl_window_follow_plane (EklWindow *self)
{
  static const GActionEntry entries[] = {
    { "plane-basis", NULL, "s", "'displacement'", basis_cb },
    { "plane-parameters", parameters_cb, "(tt)" },
    { "choose-parameters", choose_parameters_cb },
    { "select-particle", select_cb, "i" },
    { "select-more", select_more_cb, "i" },
    { "clear-selection", clear_cb },
    { "move-selected", move_cb, "s" },
  };
  EklPlotView *view = get_view (self);

  self->plane_wish.parameter[1] = 1;
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (view, "view-changed", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "particles-chosen", G_CALLBACK (particles_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "point-moved", G_CALLBACK (point_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  ekl_window_update_plane (self);
}

/**
 * ekl_window_save_plane:
 * @builder: of a dictionary, a{sv}
 *
 * Adds what spans the plane.
 */
void
ekl_window_save_plane (EklWindow *self, GVariantBuilder *builder)
{
  g_variant_builder_add (builder, "{sv}", "plane.basis",
                         g_variant_new_string (bases[self->plane_wish.basis]));
  g_variant_builder_add (builder, "{sv}", "plane.parameters",
                         g_variant_new ("(tt)", (guint64) self->plane_wish.parameter[0],
                                        (guint64) self->plane_wish.parameter[1]));
}

/**
 * ekl_window_restore_plane:
 * @options: what ekl_window_save_plane() made, among others
 *
 * Spans the plane as it was.
 */
void
ekl_window_restore_plane (EklWindow *self, GVariant *options)
{
  g_autoptr (GVariant) basis =
    g_variant_lookup_value (options, "plane.basis", G_VARIANT_TYPE_STRING);
  guint64 first, second;

  if (g_variant_lookup (options, "plane.parameters", "(tt)", &first, &second)) {
    self->plane_wish.parameter[0] = first;
    self->plane_wish.parameter[1] = second;
  }
  if (basis != NULL)
    g_action_group_change_action_state (G_ACTION_GROUP (self), "plane-basis", basis);
}
