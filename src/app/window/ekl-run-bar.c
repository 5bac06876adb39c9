/* ekl-run-bar.c - reset, run, step, speed, and the numbers of both methods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-run-bar.h"

#include "ekl-wrap-layout.h"
#include "number_format.h"

#include <glib/gi18n.h>
#include <math.h>

/* A read-out's columns; the rows are the methods. */
enum {
  TRAIN,
  VALIDATION,
  METRIC,
  MODEL_RUNS,
  TIME,
  SECONDS,
  N_COLUMNS,
};

struct _EklRunBar {
  GtkWidget parent_instance;

  GtkButton *run_button;
  GtkDropDown *speed;
  GtkLabel *step_label, *epoch_label, *speed_label, *state_label;
  GtkLabel *metric_head;
  GtkGrid *table;
  EklTimeline *timeline;
  GtkLabel *method_label[EKL_N_METHODS];
  GtkLabel *value[EKL_N_METHODS][N_COLUMNS];

  EklWorkbench *workbench; /* not owned: the window's */
  guint tick;              /* the numbers are to be shown */
  gint64 last_shown;
};

G_DEFINE_FINAL_TYPE (EklRunBar, ekl_run_bar, GTK_TYPE_WIDGET)

static const double speeds[] = { 0, 1, 2, 5, 10, 30, 100 };

#define VALUE_CHARS   8
#define SHOW_INTERVAL 100000 /* us; digits that change faster cannot be read */

static const char *
get_method_name (EklMethod method)
{
  return method == EKL_METHOD_EKI ? _ ("EKI") : _ ("GD");
}

static const char *
get_column_name (EklRunBar *self, guint column)
{
  switch (column) {
  case TRAIN:
    return _ ("training loss");
  case VALIDATION:
    return _ ("validation loss");
  case METRIC:
    return gtk_label_get_label (self->metric_head);
  case MODEL_RUNS:
    return _ ("model runs");
  case TIME:
    return _ ("time t");
  case SECONDS:
  default:
    return _ ("seconds");
  }
}

/* The text and, for who cannot see where it stands, what it is the value of. */
static void
set_value (GtkLabel *label, const char *text, const char *what)
{
  g_autofree char *name = NULL;

  if (g_str_equal (gtk_label_get_label (label), text))
    return;
  gtk_label_set_label (label, text);
  name = g_strdup_printf ("%s %s", what, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static char *
format_metric (EklRunBar *self, double metric)
{
  EklDataset *dataset = ekl_workbench_get_dataset (self->workbench);

  if (dataset != NULL && ekl_dataset_get_task (dataset) == EKL_TASK_CLASSIFICATION &&
      isfinite (metric))
    return g_strdup_printf ("%.1f %%", 100 * metric);
  return ekl_format_value (metric);
}

static char *
format_cell (EklRunBar *self, const EklMethodRecord *record, guint column)
{
  switch (column) {
  case TRAIN:
    return record->diverged ? g_strdup (_ ("diverged")) : ekl_format_value (record->train_loss);
  case VALIDATION:
    return ekl_format_value (record->diverged ? NAN : record->validation_loss);
  case METRIC:
    return format_metric (self, record->diverged ? NAN : record->metric);
  case MODEL_RUNS:
    return ekl_format_passes (record->model_runs);
  case TIME:
    return ekl_format_value (record->time);
  case SECONDS:
  default:
    return ekl_format_seconds (record->seconds);
  }
}

static void
show_method (EklRunBar *self, EklMethod method)
{
  const EklMethodRecord *record = &ekl_workbench_get_seen_record (self->workbench)->method[method];

  gtk_widget_set_opacity (GTK_WIDGET (self->method_label[method]), record->present ? 1 : 0.4);
  for (guint column = 0; column < N_COLUMNS; column++) {
    g_autofree char *text = record->present ? format_cell (self, record, column) : g_strdup ("–");
    g_autofree char *what =
      g_strdup_printf ("%s %s", get_method_name (method), get_column_name (self, column));

    set_value (self->value[method][column], text, what);
  }
}

static const char *
get_state_text (EklRunBar *self)
{
  const EklRecord *record = ekl_workbench_get_record (self->workbench);

  if (ekl_workbench_get_past (self->workbench, NULL))
    return _ ("looking back");
  switch (ekl_workbench_get_state (self->workbench)) {
  case EKL_ENGINE_RUNNING:
    return _ ("running");
  case EKL_ENGINE_FINISHED:
    return _ ("finished");
  case EKL_ENGINE_PAUSED:
    return record->step == 0 ? _ ("ready") : _ ("paused");
  case EKL_ENGINE_EMPTY:
  default:
    return _ ("no data");
  }
}

static void
show_state (EklRunBar *self)
{
  const gboolean running = ekl_workbench_get_state (self->workbench) == EKL_ENGINE_RUNNING;
  const char *label = running ? _ ("Pause") : _ ("Run");
  const double speed = ekl_workbench_get_speed (self->workbench);
  g_autofree char *number = ekl_format_rate (speed);
  g_autofree char *rate =
    running && speed > 0 ? g_strdup_printf (_ ("%s steps/s"), number) : g_strdup ("");

  gtk_button_set_icon_name (self->run_button, running ? "media-playback-pause-symbolic"
                                                      : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->run_button),
                               running ? _ ("Pause (Space)") : _ ("Run (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  set_value (self->state_label, get_state_text (self), _ ("State"));
  set_value (self->speed_label, rate, _ ("Speed"));
}

static void
show_progress (EklRunBar *self)
{
  const EklRecord *record = ekl_workbench_get_seen_record (self->workbench);
  g_autofree char *step = ekl_format_count ((double) record->step);
  g_autofree char *epoch = ekl_format_passes (record->epoch);

  set_value (self->step_label, step, _ ("Step"));
  set_value (self->epoch_label, epoch, _ ("Epoch"));
  for (guint method = 0; method < EKL_N_METHODS; method++)
    show_method (self, method);
  show_state (self);
  if (self->workbench != NULL)
    ekl_timeline_update (self->timeline);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EklRunBar *self = EKL_RUN_BAR (widget);
  const gint64 now = g_get_monotonic_time ();

  if (now - self->last_shown < SHOW_INTERVAL)
    return G_SOURCE_CONTINUE;
  self->last_shown = now;
  self->tick = 0;
  show_progress (self);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (EklRunBar *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
run_started_cb (EklRunBar *self)
{
  EklDataset *dataset = ekl_workbench_get_dataset (self->workbench);
  const gboolean classes = ekl_dataset_get_task (dataset) == EKL_TASK_CLASSIFICATION;
  const gboolean validation = ekl_dataset_get_validation (dataset) != NULL;
  g_autofree char *tip = g_strdup_printf (
    classes ? _ ("Share of right answers on the %s rows")
            : _ ("Root mean square error on the %s rows, in the units of the data"),
    validation ? _ ("validation") : _ ("training"));

  gtk_label_set_label (self->metric_head, classes ? _ ("accuracy") : _ ("RMSE"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->metric_head), tip);
}

static void
speed_cb (EklRunBar *self)
{
  const guint selected = gtk_drop_down_get_selected (self->speed);

  if (self->workbench != NULL && selected < G_N_ELEMENTS (speeds))
    ekl_workbench_set_speed_limit (self->workbench, speeds[selected]);
}

static void
make_table (EklRunBar *self)
{
  for (guint method = 0; method < EKL_N_METHODS; method++) {
    for (guint column = 0; column < N_COLUMNS; column++) {
      GtkLabel *label = GTK_LABEL (gtk_label_new ("–"));

      gtk_label_set_xalign (label, 1);
      gtk_label_set_width_chars (label, VALUE_CHARS);
      gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
      gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");
      if (column == TRAIN)
        gtk_widget_add_css_class (GTK_WIDGET (label), "main-value");
      gtk_grid_attach (self->table, GTK_WIDGET (label), (int) column + 1, (int) method + 1, 1, 1);
      self->value[method][column] = label;
    }
  }
}

static void
ekl_run_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ekl_run_bar_parent_class)->dispose (object);
}

static void
ekl_run_bar_class_init (EklRunBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ekl_run_bar_dispose;
  g_type_ensure (EKL_TYPE_TIMELINE);
  gtk_widget_class_set_layout_manager_type (widget_class, EKL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "runbar");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ekilab/EkiLab/ekl-run-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, run_button);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, speed);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, step_label);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, epoch_label);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, speed_label);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, state_label);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, metric_head);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, table);
  gtk_widget_class_bind_template_child (widget_class, EklRunBar, timeline);
  gtk_widget_class_bind_template_child_full (widget_class, "eki_label", FALSE,
                                             G_STRUCT_OFFSET (EklRunBar, method_label) +
                                               EKL_METHOD_EKI * sizeof (GtkLabel *));
  gtk_widget_class_bind_template_child_full (widget_class, "gd_label", FALSE,
                                             G_STRUCT_OFFSET (EklRunBar, method_label) +
                                               EKL_METHOD_GD * sizeof (GtkLabel *));
  gtk_widget_class_bind_template_callback (widget_class, speed_cb);
}

static void
ekl_run_bar_init (EklRunBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_table (self);
  /* the button inside is what gets the focus */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->speed))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Speed limit"), -1);
}

/**
 * ekl_run_bar_new:
 *
 * Returns: (transfer floating): a bar that shows nothing yet
 */
GtkWidget *
ekl_run_bar_new (void)
{
  return g_object_new (EKL_TYPE_RUN_BAR, NULL);
}

/**
 * ekl_run_bar_set_workbench:
 * @workbench: must outlive the bar's use
 *
 * Follows the workbench; called once.
 */
void
ekl_run_bar_set_workbench (EklRunBar *self, EklWorkbench *workbench)
{
  g_return_if_fail (self->workbench == NULL);

  self->workbench = workbench;
  ekl_timeline_set_workbench (self->timeline, workbench);
  g_signal_connect_object (workbench, "run-started", G_CALLBACK (run_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  show_progress (self);
}

/**
 * ekl_run_bar_set_speed:
 * @speed: steps a second; 0: as fast as can be
 *
 * Chooses the speed that is nearest to it of those that the bar has.
 */
void
ekl_run_bar_set_speed (EklRunBar *self, double speed)
{
  guint nearest = 0;

  for (guint i = 1; speed > 0 && i < G_N_ELEMENTS (speeds); i++)
    if (nearest == 0 || fabs (speeds[i] - speed) < fabs (speeds[nearest] - speed))
      nearest = i;
  gtk_drop_down_set_selected (self->speed, nearest);
}

/**
 * ekl_run_bar_get_timeline:
 *
 * Returns: (transfer none): the slider over the steps
 */
EklTimeline *
ekl_run_bar_get_timeline (EklRunBar *self)
{
  return self->timeline;
}
