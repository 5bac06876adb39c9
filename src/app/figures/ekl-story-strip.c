/* ekl-story-strip.c - slow motion's strip: as high as its sentences are where they have so much width
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-story-strip.h"

#include <glib/gi18n.h>

struct _EklStoryStrip {
  GtkWidget parent_instance;

  EklTheme theme;
  EklSlowMotion *motion;
  guint64 step; /* whose sentences have been measured */
  int highest;  /* so far, at highest_width: from step to step the pictures below are not to jump */
  int highest_width;
};

G_DEFINE_FINAL_TYPE (EklStoryStrip, ekl_story_strip, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
ekl_story_strip_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static const EklStory *
get_story (EklStoryStrip *self)
{
  return self->motion != NULL ? ekl_slow_motion_get_story (self->motion) : NULL;
}

static int
get_height (EklStoryStrip *self, int width)
{
  const int height = (int) ekl_story_strip_height (&self->theme, width, get_story (self));

  return width == self->highest_width ? MAX (height, self->highest) : height;
}

static void
ekl_story_strip_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  EklStoryStrip *self = EKL_STORY_STRIP (widget);

  /* the sentences wrap: there is no width that they ask for */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 1
             : for_size > 0                            ? get_height (self, for_size)
                            : (int) ekl_story_strip_height (&self->theme, G_MAXINT16, NULL);
  *natural = *minimum;
}

static void
ekl_story_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EklStoryStrip *self = EKL_STORY_STRIP (widget);

  self->highest = get_height (self, width);
  self->highest_width = width;
}

static void
ekl_story_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EklStoryStrip *self = EKL_STORY_STRIP (widget);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr =
    gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  ekl_story_draw_strip (cr, width, height, &self->theme, get_story (self),
                        self->motion != NULL ? ekl_slow_motion_get_index (self->motion) : 0);
  cairo_destroy (cr);
}

static void
ekl_story_strip_dispose (GObject *object)
{
  g_clear_object (&EKL_STORY_STRIP (object)->motion);
  G_OBJECT_CLASS (ekl_story_strip_parent_class)->dispose (object);
}

static void
ekl_story_strip_class_init (EklStoryStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ekl_story_strip_dispose;
  widget_class->get_request_mode = ekl_story_strip_get_request_mode;
  widget_class->measure = ekl_story_strip_measure;
  widget_class->size_allocate = ekl_story_strip_size_allocate;
  widget_class->snapshot = ekl_story_strip_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ekl_story_strip_init (EklStoryStrip *self)
{
  ekl_theme_init (&self->theme, EKL_THEME_LIGHT);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  /* its name, the part and what happens in it, is given by the bar */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
    _ ("The parts of the step in a row, and the formula with this part’s terms lit up"), -1);
}

/**
 * ekl_story_strip_new:
 *
 * Returns: (transfer floating): a strip without a story
 */
GtkWidget *
ekl_story_strip_new (void)
{
  return g_object_new (EKL_TYPE_STORY_STRIP, NULL);
}

static void
changed_cb (EklStoryStrip *self)
{
  const EklStory *story = get_story (self);
  const int width = gtk_widget_get_width (GTK_WIDGET (self));

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (story == NULL || story->step == self->step || width == 0)
    return;
  self->step = story->step;
  if (get_height (self, width) > gtk_widget_get_height (GTK_WIDGET (self)))
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * ekl_story_strip_set_motion:
 * @motion: a reference is taken
 *
 * Shows that slow motion, with more room where a step has more to say; called once.
 */
void
ekl_story_strip_set_motion (EklStoryStrip *self, EklSlowMotion *motion)
{
  self->motion = g_object_ref (motion);
  g_signal_connect_object (motion, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * ekl_story_strip_set_theme:
 * @theme: copied
 *
 * Draws in these colours and sizes, and asks for the room.
 */
void
ekl_story_strip_set_theme (EklStoryStrip *self, const EklTheme *theme)
{
  if (theme->font_size != self->theme.font_size) {
    self->highest_width = 0;
    gtk_widget_queue_resize (GTK_WIDGET (self));
  }
  self->theme = *theme;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
