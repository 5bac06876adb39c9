/* ekl-plot-view-words.c - what a figure tells those who do not see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of it is the figure's description. This version of the toolkit can announce nothing; but a
 * screen reader speaks a description that changes while its owner has the focus.
 */
#include "config.h"

#include "ekl-plot-view-private.h"

#include <glib/gi18n.h>

#define DESCRIBE_INTERVAL_S 1

/* Under the cursor, the words that are painted there. */
static char *
read_cursor (EklPlotView *self)
{
  char *text = ekl_figure_read_out (self->kind, &self->theme, &self->options, &self->data,
                                    &self->layout, self->pointer_x, self->pointer_y);

  if (text == NULL)
    text = g_strdup (_ ("nothing here"));
  if (self->cursor_drags) {
    g_autofree char *corner = text;

    text = g_strdup_printf (_ ("rectangle to %s"), corner);
  }
  return text;
}

static void
describe (EklPlotView *self)
{
  g_autofree char *text = self->has_cursor
                            ? read_cursor (self)
                            : ekl_figure_describe (self->kind, &self->options, &self->data);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

static gboolean
describe_cb (gpointer user_data)
{
  EklPlotView *self = user_data;

  self->describe_source = 0;
  describe (self);
  return G_SOURCE_REMOVE;
}

/**
 * ekl_plot_view_describe_soon:
 *
 * The numbers have changed: a screen reader gets them at most once a second, whatever the frame rate.
 */
void
ekl_plot_view_describe_soon (EklPlotView *self)
{
  if (self->describe_source == 0)
    self->describe_source = g_timeout_add_seconds (DESCRIBE_INTERVAL_S, describe_cb, self);
}

/**
 * ekl_plot_view_describe_now:
 *
 * The user has done something with the cursor, and waits for the answer.
 */
void
ekl_plot_view_describe_now (EklPlotView *self)
{
  g_clear_handle_id (&self->describe_source, g_source_remove);
  describe (self);
}
