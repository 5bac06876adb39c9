/* ekl-setting-row.c - one setting in the side panel: title, editor, reset, note
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-setting-row.h"

#include "ekl-choice-row.h"
#include "ekl-flags-row.h"
#include "ekl-number-row.h"
#include "ekl-switch-row.h"
#include "ekl-text-row.h"
#include "ekl-wrap-layout.h"

#include <string.h>

typedef struct {
  EklExperiment *experiment;
  EklExperiment *defaults;
  char *setting;

  GtkBox *column;
  GtkBox *line; /* title and end: under each other where that is narrow */
  GtkBox *end;
  GtkLabel *title_label;
  GtkButton *reset_button;
  GtkBox *note_box;
  GtkLabel *note_label;
  GtkButton *note_button;

  char *note; /* what is said while there is no error */
  gboolean has_error;
  gboolean has_action;
  gboolean is_changed;
} EklSettingRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EklSettingRow, ekl_setting_row, ADW_TYPE_PREFERENCES_ROW)

enum {
  PROP_EXPERIMENT = 1,
  PROP_DEFAULTS,
  PROP_SETTING,
  PROP_CHANGED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

#define APPLY_KEY "ekl-apply"

static EklSettingRowPrivate *
get_private (EklSettingRow *self)
{
  return ekl_setting_row_get_instance_private (self);
}

static void
show_changed (EklSettingRow *self)
{
  EklSettingRowPrivate *priv = get_private (self);
  const GValue *value = ekl_experiment_get_value (priv->experiment, priv->setting);
  const GValue *usual = ekl_experiment_get_value (priv->defaults, priv->setting);
  const gboolean changed = g_param_values_cmp (ekl_setting_row_get_pspec (self), value, usual) != 0;
  const gboolean is_new = changed != priv->is_changed;

  priv->is_changed = changed;
  /* kept in place while hidden, so that the editor does not move under the pointer */
  gtk_widget_set_opacity (GTK_WIDGET (priv->reset_button), changed ? 1 : 0);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->reset_button), changed);
  gtk_widget_set_can_target (GTK_WIDGET (priv->reset_button), changed);
  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHANGED]);
}

static void
show_note (EklSettingRow *self, const char *text)
{
  EklSettingRowPrivate *priv = get_private (self);

  gtk_label_set_label (priv->note_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->note_box), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (priv->note_button), priv->has_action && !priv->has_error);
  if (priv->has_error)
    gtk_widget_add_css_class (GTK_WIDGET (priv->note_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (priv->note_label), "error");
}

static void
reset (EklSettingRow *self)
{
  EklSettingRowPrivate *priv = get_private (self);

  ekl_setting_row_set_error (self, NULL);
  /* and nobody's choice any more, so that it follows what it depends on */
  if (priv->is_changed)
    ekl_experiment_copy_setting (priv->experiment, priv->defaults, priv->setting);
  EKL_SETTING_ROW_GET_CLASS (self)->show_value (self);
}

static void
reset_clicked_cb (EklSettingRow *self)
{
  reset (self);
}

static void
title_pressed_cb (EklSettingRow *self, int n_press)
{
  if (n_press == 2)
    reset (self);
}

static void
value_changed_cb (EklSettingRow *self)
{
  ekl_setting_row_set_error (self, NULL);
  EKL_SETTING_ROW_GET_CLASS (self)->show_value (self);
  show_changed (self);
}

static void
ekl_setting_row_constructed (GObject *object)
{
  EklSettingRow *self = EKL_SETTING_ROW (object);
  EklSettingRowPrivate *priv = get_private (self);
  GParamSpec *pspec = ekl_experiment_get_pspec (priv->setting);
  const char *title = g_param_spec_get_nick (pspec);
  g_autofree char *signal = g_strconcat ("notify::", priv->setting, NULL);
  g_autofree char *reset_label = g_strdup_printf ("Reset %s", title);

  G_OBJECT_CLASS (ekl_setting_row_parent_class)->constructed (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_label (priv->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->line), g_param_spec_get_blurb (pspec));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->reset_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, reset_label, -1);

  EKL_SETTING_ROW_GET_CLASS (self)->build (self);
  g_signal_connect_object (priv->experiment, signal, G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->defaults, signal, G_CALLBACK (show_changed), self,
                           G_CONNECT_SWAPPED);
  value_changed_cb (self);
}

static void
ekl_setting_row_dispose (GObject *object)
{
  EklSettingRowPrivate *priv = get_private (EKL_SETTING_ROW (object));

  g_clear_object (&priv->experiment);
  g_clear_object (&priv->defaults);
  G_OBJECT_CLASS (ekl_setting_row_parent_class)->dispose (object);
}

static void
ekl_setting_row_finalize (GObject *object)
{
  EklSettingRowPrivate *priv = get_private (EKL_SETTING_ROW (object));

  g_free (priv->setting);
  g_free (priv->note);
  G_OBJECT_CLASS (ekl_setting_row_parent_class)->finalize (object);
}

static void
ekl_setting_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EklSettingRowPrivate *priv = get_private (EKL_SETTING_ROW (object));

  switch (id) {
  case PROP_EXPERIMENT:
    g_value_set_object (value, priv->experiment);
    break;
  case PROP_DEFAULTS:
    g_value_set_object (value, priv->defaults);
    break;
  case PROP_SETTING:
    g_value_set_string (value, priv->setting);
    break;
  case PROP_CHANGED:
    g_value_set_boolean (value, priv->is_changed);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
ekl_setting_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EklSettingRowPrivate *priv = get_private (EKL_SETTING_ROW (object));

  switch (id) {
  case PROP_EXPERIMENT:
    priv->experiment = g_value_dup_object (value);
    break;
  case PROP_DEFAULTS:
    priv->defaults = g_value_dup_object (value);
    break;
  case PROP_SETTING:
    priv->setting = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
ekl_setting_row_class_init (EklSettingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = ekl_setting_row_constructed;
  object_class->dispose = ekl_setting_row_dispose;
  object_class->finalize = ekl_setting_row_finalize;
  object_class->get_property = ekl_setting_row_get_property;
  object_class->set_property = ekl_setting_row_set_property;

  props[PROP_EXPERIMENT] =
    g_param_spec_object ("experiment", NULL, NULL, EKL_TYPE_EXPERIMENT, flags);
  props[PROP_DEFAULTS] = g_param_spec_object ("defaults", NULL, NULL, EKL_TYPE_EXPERIMENT, flags);
  props[PROP_SETTING] = g_param_spec_string ("setting", NULL, NULL, NULL, flags);
  props[PROP_CHANGED] =
    g_param_spec_boolean ("changed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (EKL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-setting-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, column);
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, line);
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, end);
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, title_label);
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, reset_button);
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, note_box);
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, note_label);
  gtk_widget_class_bind_template_child_private (widget_class, EklSettingRow, note_button);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_pressed_cb);
}

static void
ekl_setting_row_init (EklSettingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ekl_setting_row_new_for:
 * @experiment: whose setting it is
 * @defaults: what the reset button goes back to
 * @setting: the setting's name
 *
 * Returns: (transfer floating): a row of the kind that fits the setting's type
 */
EklSettingRow *
ekl_setting_row_new_for (EklExperiment *experiment, EklExperiment *defaults, const char *setting)
{
  GParamSpec *pspec = ekl_experiment_get_pspec (setting);
  GType type = EKL_TYPE_TEXT_ROW;

  g_return_val_if_fail (pspec != NULL, NULL);

  if (G_IS_PARAM_SPEC_DOUBLE (pspec) || G_IS_PARAM_SPEC_UINT (pspec))
    type = EKL_TYPE_NUMBER_ROW;
  else if (G_IS_PARAM_SPEC_ENUM (pspec))
    type = EKL_TYPE_CHOICE_ROW;
  else if (G_IS_PARAM_SPEC_FLAGS (pspec))
    type = EKL_TYPE_FLAGS_ROW;
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    type = EKL_TYPE_SWITCH_ROW;
  return g_object_new (type, "experiment", experiment, "defaults", defaults, "setting", setting,
                       NULL);
}

/**
 * ekl_setting_row_get_experiment:
 *
 * Returns: (transfer none): where the value lives
 */
EklExperiment *
ekl_setting_row_get_experiment (EklSettingRow *self)
{
  return get_private (self)->experiment;
}

/**
 * ekl_setting_row_get_setting:
 *
 * Returns: the setting's name
 */
const char *
ekl_setting_row_get_setting (EklSettingRow *self)
{
  return get_private (self)->setting;
}

/**
 * ekl_setting_row_get_info:
 *
 * Returns: the slider's range and scale, and when the setting acts
 */
const EklSettingInfo *
ekl_setting_row_get_info (EklSettingRow *self)
{
  return ekl_experiment_find_setting (get_private (self)->setting);
}

/**
 * ekl_setting_row_get_pspec:
 *
 * Returns: (transfer none): the setting's title, help, range and default
 */
GParamSpec *
ekl_setting_row_get_pspec (EklSettingRow *self)
{
  return ekl_experiment_get_pspec (get_private (self)->setting);
}

/**
 * ekl_setting_row_is_changed:
 *
 * Returns: whether the setting has another value than the problem came with
 */
gboolean
ekl_setting_row_is_changed (EklSettingRow *self)
{
  return get_private (self)->is_changed;
}

/**
 * ekl_setting_row_set_note:
 * @text: (nullable): a sentence under the editor; %NULL for none
 * @button_label: (nullable): of the button beside it
 * @action: (nullable): what the button does, as a detailed action name
 *
 * An error hides the note while it lasts.
 */
void
ekl_setting_row_set_note (EklSettingRow *self,
                          const char *text,
                          const char *button_label,
                          const char *action)
{
  EklSettingRowPrivate *priv = get_private (self);

  g_free (priv->note);
  priv->note = g_strdup (text);
  priv->has_action = action != NULL;
  if (action != NULL) {
    gtk_button_set_label (priv->note_button, button_label);
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (priv->note_button), action);
  }
  if (!priv->has_error)
    show_note (self, text);
}

/**
 * ekl_setting_row_set_error:
 * @text: (nullable): why the last entry was refused; %NULL where there is nothing wrong
 */
void
ekl_setting_row_set_error (EklSettingRow *self, const char *text)
{
  EklSettingRowPrivate *priv = get_private (self);

  if (text == NULL && !priv->has_error)
    return;
  priv->has_error = text != NULL;
  show_note (self, priv->has_error ? text : priv->note);
}

/**
 * ekl_setting_row_has_error:
 *
 * Returns: whether the last entry was refused
 */
gboolean
ekl_setting_row_has_error (EklSettingRow *self)
{
  return get_private (self)->has_error;
}

/**
 * ekl_setting_row_add_editor:
 * @editor: gets the setting's title as its accessible name, and its help as description
 *
 * Puts the editor at the end of the row's line.
 */
void
ekl_setting_row_add_editor (EklSettingRow *self, GtkWidget *editor)
{
  EklSettingRowPrivate *priv = get_private (self);
  GParamSpec *pspec = ekl_setting_row_get_pspec (self);

  gtk_widget_set_valign (editor, GTK_ALIGN_CENTER);
  gtk_box_append (priv->end, editor);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_PROPERTY_LABEL, g_param_spec_get_nick (pspec),
    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, g_param_spec_get_blurb (pspec), -1);
}

/**
 * ekl_setting_row_add_below:
 *
 * Puts a widget under the row's line, over the note.
 */
void
ekl_setting_row_add_below (EklSettingRow *self, GtkWidget *widget)
{
  EklSettingRowPrivate *priv = get_private (self);

  gtk_box_insert_child_after (priv->column, widget, GTK_WIDGET (priv->line));
}

/* Messages name the setting as the command line does; here it has a title. */
static char *
say_title (EklSettingRow *self, const char *message)
{
  const char *name = get_private (self)->setting;

  if (!g_str_has_prefix (message, name))
    return g_strdup (message);
  return g_strconcat (g_param_spec_get_nick (ekl_setting_row_get_pspec (self)),
                      message + strlen (name), NULL);
}

/**
 * ekl_setting_row_apply_text:
 *
 * Sets the setting; where the text is no value of it, says why under the editor.
 *
 * Returns: whether it was taken
 */
gboolean
ekl_setting_row_apply_text (EklSettingRow *self, const char *text)
{
  EklSettingRowPrivate *priv = get_private (self);
  g_autofree char *current = ekl_experiment_get_text (priv->experiment, priv->setting);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken = TRUE;

  /* leaving an entry untouched does not make its setting explicit */
  if (!g_str_equal (text, current))
    taken = ekl_experiment_set_text (priv->experiment, priv->setting, text, &error);
  said = taken ? NULL : say_title (self, error->message);
  ekl_setting_row_set_error (self, said);
  return taken;
}

static gboolean
apply_unfocused_cb (gpointer user_data)
{
  GtkEditable *editable = user_data;
  EklSettingRow *self =
    EKL_SETTING_ROW (gtk_widget_get_ancestor (GTK_WIDGET (editable), EKL_TYPE_SETTING_ROW));
  void (*apply) (EklSettingRow *) = g_object_get_data (G_OBJECT (editable), APPLY_KEY);
  const GtkStateFlags state = gtk_widget_get_state_flags (GTK_WIDGET (editable));

  if (self != NULL && (state & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    apply (self);
  return G_SOURCE_REMOVE;
}

static void
unfocused_changed_cb (GtkEditable *editable)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, apply_unfocused_cb, g_object_ref (editable),
                   g_object_unref);
}

/**
 * ekl_setting_row_apply_unfocused:
 * @apply: takes over the text of @editable
 *
 * Assistive technology writes into an entry that does not have the focus, and presses no key after
 * that: what it has written is taken over in a moment, when all of it is there.
 */
void
ekl_setting_row_apply_unfocused (EklSettingRow *self,
                                 GtkEditable *editable,
                                 void (*apply) (EklSettingRow *self))
{
  g_object_set_data (G_OBJECT (editable), APPLY_KEY, apply);
  g_signal_connect (editable, "changed", G_CALLBACK (unfocused_changed_cb), NULL);
}

/**
 * ekl_setting_row_ignore_scroll:
 *
 * Scrolling the side panel must not change what happens to be under the pointer.
 */
void
ekl_setting_row_ignore_scroll (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
}
