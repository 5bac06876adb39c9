/* ekl-story-bar.c - slow motion's strip with its buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-story-bar.h"

#include "ekl-story-strip.h"

#include <glib/gi18n.h>

struct _EklStoryBar {
  GtkBox parent_instance;

  EklStoryStrip *strip;
  GtkDropDown *pace;
  GtkButton *play;
  EklSlowMotion *motion;
  char *name; /* what a screen reader is told */
};

G_DEFINE_FINAL_TYPE (EklStoryBar, ekl_story_bar, GTK_TYPE_BOX)

static const double paces[] = { 1, 2, 3, 5, 8 };

#define USUAL_PACE 2

static void
pace_cb (EklStoryBar *self)
{
  const guint selected = gtk_drop_down_get_selected (self->pace);

  if (self->motion != NULL && selected < G_N_ELEMENTS (paces))
    ekl_slow_motion_set_pace (self->motion, paces[selected]);
}

static GtkWidget *
make_button (const char *icon, const char *action, const char *name, const char *tip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_pace (EklStoryBar *self)
{
  const char *const words[] = { _ ("1 s a part"), _ ("2 s a part"), _ ("3 s a part"),
                                _ ("5 s a part"), _ ("8 s a part"), NULL };
  GtkWidget *pace = gtk_drop_down_new_from_strings (words);

  self->pace = GTK_DROP_DOWN (pace);
  gtk_drop_down_set_selected (self->pace, USUAL_PACE);
  gtk_widget_set_tooltip_text (pace, _ ("Pace while it plays"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (pace), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pace of slow motion"), -1);
  /* the button in it has the focus */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (pace)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pace of slow motion"), -1);
  g_signal_connect_swapped (pace, "notify::selected", G_CALLBACK (pace_cb), self);
  return pace;
}

static GtkWidget *
make_controls (EklStoryBar *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *play = make_button ("media-playback-start-symbolic", "win.slow-play",
                                 _ ("Play slow motion"), _ ("Play (Space)"));

  self->play = GTK_BUTTON (play);
  gtk_box_append (GTK_BOX (row), play);
  gtk_box_append (GTK_BOX (row), make_button ("go-next-symbolic", "win.slow-next", _ ("Next part"),
                                              _ ("Next part of the step (Right)")));
  gtk_box_append (GTK_BOX (row),
                  make_button ("window-close-symbolic", "win.slow-motion", _ ("Leave slow motion"),
                               _ ("Leave slow motion (S)")));
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), row);
  gtk_box_append (GTK_BOX (column), make_pace (self));
  return column;
}

static void
ekl_story_bar_dispose (GObject *object)
{
  EklStoryBar *self = EKL_STORY_BAR (object);

  g_clear_object (&self->motion);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (ekl_story_bar_parent_class)->dispose (object);
}

static void
ekl_story_bar_class_init (EklStoryBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ekl_story_bar_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "storybar");
}

static void
ekl_story_bar_init (EklStoryBar *self)
{
  self->strip = EKL_STORY_STRIP (ekl_story_strip_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->strip), TRUE);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->strip));
  gtk_box_append (GTK_BOX (self), make_controls (self));
}

static void
changed_cb (EklStoryBar *self)
{
  const EklStory *story = ekl_slow_motion_get_story (self->motion);
  const guint index = ekl_slow_motion_get_index (self->motion);
  const gboolean playing = ekl_slow_motion_is_playing (self->motion);
  g_autofree char *text =
    story != NULL ? ekl_story_describe (story, index) : g_strdup (_ ("No step yet"));
  g_autofree char *name =
    story != NULL ? g_strdup_printf ("%s: %s", ekl_phase_get_name (story->phase[index]), text)
                  : g_strdup (text);

  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic"
                                                : "media-playback-start-symbolic");
  if (g_strcmp0 (name, self->name) == 0)
    return;
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->strip), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->name, -1);
}

/**
 * ekl_story_bar_set_motion:
 * @motion: a reference is taken; its workbench must outlive the bar
 *
 * Shows that slow motion; called once.
 */
void
ekl_story_bar_set_motion (EklStoryBar *self, EklSlowMotion *motion)
{
  self->motion = g_object_ref (motion);
  ekl_story_strip_set_motion (self->strip, motion);
  g_signal_connect_object (motion, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * ekl_story_bar_get_words:
 *
 * Returns: (nullable): the part that is shown, and what happens in it
 */
const char *
ekl_story_bar_get_words (EklStoryBar *self)
{
  return self->name;
}

/**
 * ekl_story_bar_set_theme:
 * @theme: copied
 *
 * Draws in these colours and sizes, and asks for the room.
 */
void
ekl_story_bar_set_theme (EklStoryBar *self, const EklTheme *theme)
{
  ekl_story_strip_set_theme (self->strip, theme);
}
