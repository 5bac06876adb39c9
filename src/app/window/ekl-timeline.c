/* ekl-timeline.c - the steps that were taken, as a slider that looks back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-timeline.h"

#include <math.h>

struct _EklTimeline {
  GtkScale parent_instance;

  EklWorkbench *workbench; /* not owned: the window's */
  gboolean updating;       /* the slider follows, and is not asked */
  gboolean pinned;         /* the user looks at a step */
  guint64 pinned_step;
  gboolean hovered; /* a step is looked at in a figure, for a moment */
  guint n_events;   /* that have a mark */
};

G_DEFINE_FINAL_TYPE (EklTimeline, ekl_timeline, GTK_TYPE_SCALE)

enum {
  SCRUBBED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define MAX_MARKS 60 /* the newest: more could not be told apart */

static guint64
get_newest (EklTimeline *self)
{
  return ekl_workbench_get_record (self->workbench)->step;
}

static void
move_to (EklTimeline *self, guint64 step)
{
  self->updating = TRUE;
  gtk_range_set_value (GTK_RANGE (self), (double) step);
  self->updating = FALSE;
}

static void
show_marks (EklTimeline *self)
{
  guint n;
  const EklEvent *events = ekl_history_get_events (ekl_workbench_get_history (self->workbench), &n);
  guint from = self->n_events;

  if (n == self->n_events)
    return;
  if (n < self->n_events || n > MAX_MARKS) {
    gtk_scale_clear_marks (GTK_SCALE (self));
    from = n > MAX_MARKS ? n - MAX_MARKS : 0;
  }
  for (guint i = from; i < n; i++)
    gtk_scale_add_mark (GTK_SCALE (self), (double) events[i].step, GTK_POS_TOP, NULL);
  self->n_events = n;
}

/* Marks stand where the last allocation of their row put them, whatever the range is now. */
static void
place_marks (EklTimeline *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (; self->n_events > 0 && child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_queue_allocate (child);
}

/**
 * ekl_timeline_update:
 *
 * Another step was taken, an event has come, another run has begun.
 */
void
ekl_timeline_update (EklTimeline *self)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (self));
  const guint64 newest = get_newest (self);
  const double upper = (double) MAX (newest, 1);

  if (self->pinned_step > newest)
    self->pinned = FALSE;
  self->updating = TRUE;
  if (gtk_adjustment_get_upper (adjustment) != upper) {
    gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0, upper, 1,
                              MAX (1, round (upper / 10)), 0);
    place_marks (self);
  }
  self->updating = FALSE;
  if (!self->hovered)
    move_to (self, self->pinned ? self->pinned_step : newest);
  gtk_widget_set_sensitive (GTK_WIDGET (self), newest > 0);
  show_marks (self);
}

static void
ekl_timeline_value_changed (GtkRange *range)
{
  EklTimeline *self = EKL_TIMELINE (range);
  const guint64 step = (guint64) round (gtk_range_get_value (range));

  if (self->updating || self->workbench == NULL)
    return;
  self->hovered = FALSE;
  self->pinned = step < get_newest (self);
  self->pinned_step = step;
  g_signal_emit (self, signals[SCRUBBED], 0, self->pinned, step);
}

static void
ekl_timeline_class_init (EklTimelineClass *klass)
{
  GTK_RANGE_CLASS (klass)->value_changed = ekl_timeline_value_changed;
  signals[SCRUBBED] =
    g_signal_new ("scrubbed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_UINT64);
}

static void
ekl_timeline_init (EklTimeline *self)
{
  gtk_range_set_adjustment (GTK_RANGE (self), gtk_adjustment_new (0, 0, 1, 1, 1, 0));
  gtk_range_set_round_digits (GTK_RANGE (self), 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
}

static void
run_started_cb (EklTimeline *self)
{
  self->pinned = self->hovered = FALSE;
  ekl_timeline_update (self);
}

/**
 * ekl_timeline_set_workbench:
 * @workbench: must outlive the timeline's use
 *
 * Whose steps they are; called once. ekl_timeline_update() says when to look at it.
 */
void
ekl_timeline_set_workbench (EklTimeline *self, EklWorkbench *workbench)
{
  g_return_if_fail (self->workbench == NULL);

  self->workbench = workbench;
  g_signal_connect_object (workbench, "run-started", G_CALLBACK (run_started_cb), self,
                           G_CONNECT_SWAPPED);
  ekl_timeline_update (self);
}

/**
 * ekl_timeline_get_step:
 * @step: (out): the step that the user looks at
 *
 * Returns: %FALSE where it follows the run
 */
gboolean
ekl_timeline_get_step (EklTimeline *self, guint64 *step)
{
  *step = self->pinned_step;
  return self->pinned;
}

/**
 * ekl_timeline_look:
 * @n: so many steps on, or back; 0: to the newest
 *
 * As if the user had moved it.
 */
void
ekl_timeline_look (EklTimeline *self, int n)
{
  const double newest = (double) get_newest (self);
  const double here = self->pinned ? (double) self->pinned_step : newest;

  /* while it runs the slider's own end is a frame behind */
  if (n == 0)
    self->pinned = self->hovered = FALSE;
  ekl_timeline_update (self);
  if (n == 0)
    g_signal_emit (self, signals[SCRUBBED], 0, FALSE, get_newest (self));
  else
    gtk_range_set_value (GTK_RANGE (self), CLAMP (here + n, 0, newest));
}

/**
 * ekl_timeline_show_step:
 *
 * Follows the pointer in a figure for a moment.
 */
void
ekl_timeline_show_step (EklTimeline *self, gboolean has_step, guint64 step)
{
  if (self->workbench == NULL || (!has_step && !self->hovered))
    return;
  self->hovered = has_step;
  if (!has_step)
    step = self->pinned ? self->pinned_step : get_newest (self);
  move_to (self, step);
}
