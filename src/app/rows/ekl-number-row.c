/* ekl-number-row.c - a number: typed entry and, where it has a range for one, a slider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-number-row.h"

#include <glib/gi18n.h>
#include <math.h>

struct _EklNumberRow {
  EklSettingRow parent_instance;

  GtkSpinButton *spin;
  GtkScale *scale;  /* NULL: no slider */
  gboolean showing; /* the widgets follow the value, and are not asked */
};

G_DEFINE_FINAL_TYPE (EklNumberRow, ekl_number_row, EKL_TYPE_SETTING_ROW)

#define SIGNIFICANT_DIGITS 3 /* of a number chosen with the slider */

static double
get_value (EklNumberRow *self)
{
  const GValue *value =
    ekl_experiment_get_value (ekl_setting_row_get_experiment (EKL_SETTING_ROW (self)),
                              ekl_setting_row_get_setting (EKL_SETTING_ROW (self)));

  return G_VALUE_HOLDS_UINT (value) ? g_value_get_uint (value) : g_value_get_double (value);
}

static gboolean
is_whole (EklNumberRow *self)
{
  return G_IS_PARAM_SPEC_UINT (ekl_setting_row_get_pspec (EKL_SETTING_ROW (self)));
}

static gboolean
apply_number (EklNumberRow *self, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, is_whole (self) ? "%.0f" : "%.15g", value);
  return ekl_setting_row_apply_text (EKL_SETTING_ROW (self), text);
}

/* One click of + or -: a tenth of the number's decade, so that 0.05 goes in hundredths and 400 in tens. */
static double
get_increment (EklNumberRow *self, double value)
{
  const double decade = fabs (value) > 1e-12 ? pow (10, floor (log10 (fabs (value)) + 1e-9)) : 1;
  const double increment = fabs (value) / decade < 2 - 1e-9 ? decade / 10 : decade / 2;

  return is_whole (self) ? MAX (1, floor (increment)) : increment;
}

static double
to_slider (EklNumberRow *self, double value)
{
  const EklSettingInfo *info = ekl_setting_row_get_info (EKL_SETTING_ROW (self));
  const double inside = CLAMP (value, info->slider_low, info->slider_high);

  return info->logarithmic ? log10 (inside) : inside;
}

static double
from_slider (EklNumberRow *self, double position)
{
  const EklSettingInfo *info = ekl_setting_row_get_info (EKL_SETTING_ROW (self));
  double value = position;
  double unit;

  if (info->logarithmic) {
    value = pow (10, position);
    unit = pow (10, floor (log10 (value)) - SIGNIFICANT_DIGITS + 1);
  } else {
    unit = pow (10, floor (log10 (info->slider_high - info->slider_low)) - SIGNIFICANT_DIGITS + 1);
  }
  value = is_whole (self) ? round (value) : round (value / unit) * unit;
  return CLAMP (value, info->slider_low, info->slider_high);
}

static void
slider_moved_cb (EklNumberRow *self)
{
  if (!self->showing)
    apply_number (self, from_slider (self, gtk_range_get_value (GTK_RANGE (self->scale))));
}

/* What was typed goes to the experiment as it stands: no rounding and no clamping on the way. */
static int
spin_input_cb (GtkSpinButton *spin, double *new_value, EklNumberRow *self)
{
  if (!ekl_setting_row_apply_text (EKL_SETTING_ROW (self),
                                   gtk_editable_get_text (GTK_EDITABLE (spin))))
    return GTK_INPUT_ERROR;
  *new_value = get_value (self);
  return TRUE;
}

static gboolean
spin_output_cb (GtkSpinButton *spin, EklNumberRow *self)
{
  g_autofree char *text =
    ekl_experiment_get_text (ekl_setting_row_get_experiment (EKL_SETTING_ROW (self)),
                             ekl_setting_row_get_setting (EKL_SETTING_ROW (self)));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (spin)), text))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static void
spin_changed_cb (EklNumberRow *self)
{
  const double value = gtk_spin_button_get_value (self->spin);

  /* the spin button itself tells no smaller differences apart */
  if (!self->showing && fabs (value - get_value (self)) > 1e-10)
    apply_number (self, value);
}

static void
apply_unfocused (EklSettingRow *row)
{
  gtk_spin_button_update (EKL_NUMBER_ROW (row)->spin);
}

/* Enter hands the focus on to the slider, so that Space runs and the arrows fine-tune. */
static void
entered_cb (EklNumberRow *self)
{
  if (self->scale != NULL && !ekl_setting_row_has_error (EKL_SETTING_ROW (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->scale));
}

static void
make_spin (EklNumberRow *self)
{
  GParamSpec *pspec = ekl_setting_row_get_pspec (EKL_SETTING_ROW (self));
  double low, high;

  if (G_IS_PARAM_SPEC_UINT (pspec)) {
    low = G_PARAM_SPEC_UINT (pspec)->minimum;
    high = G_PARAM_SPEC_UINT (pspec)->maximum;
  } else {
    low = G_PARAM_SPEC_DOUBLE (pspec)->minimum;
    high = G_PARAM_SPEC_DOUBLE (pspec)->maximum;
  }
  self->spin =
    GTK_SPIN_BUTTON (gtk_spin_button_new (gtk_adjustment_new (low, low, high, 1, 1, 0), 1, 0));
  /* what is refused leaves the value as it is: not the nearest that is allowed */
  gtk_spin_button_set_update_policy (self->spin, GTK_UPDATE_IF_VALID);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->spin), "numeric");
  g_signal_connect_object (self->spin, "input", G_CALLBACK (spin_input_cb), self, 0);
  g_signal_connect_object (self->spin, "output", G_CALLBACK (spin_output_cb), self, 0);
  g_signal_connect_object (self->spin, "value-changed", G_CALLBACK (spin_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->spin)), "activate",
                           G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  ekl_setting_row_apply_unfocused (EKL_SETTING_ROW (self), GTK_EDITABLE (self->spin),
                                   apply_unfocused);
  ekl_setting_row_ignore_scroll (GTK_WIDGET (self->spin));
  ekl_setting_row_add_editor (EKL_SETTING_ROW (self), GTK_WIDGET (self->spin));
}

static void
make_scale (EklNumberRow *self)
{
  EklSettingRow *row = EKL_SETTING_ROW (self);
  const EklSettingInfo *info = ekl_setting_row_get_info (row);
  const double low = to_slider (self, info->slider_low);
  const double high = to_slider (self, info->slider_high);
  const double step = (high - low) / 100;
  g_autofree char *label =
    g_strdup_printf (info->logarithmic ? _ ("%s, logarithmic slider") : _ ("%s, slider"),
                     g_param_spec_get_nick (ekl_setting_row_get_pspec (row)));

  self->scale = GTK_SCALE (gtk_scale_new (GTK_ORIENTATION_HORIZONTAL,
                                          gtk_adjustment_new (low, low, high, step, 10 * step, 0)));
  gtk_range_set_round_digits (GTK_RANGE (self->scale), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_object (self->scale, "value-changed", G_CALLBACK (slider_moved_cb), self,
                           G_CONNECT_SWAPPED);
  ekl_setting_row_ignore_scroll (GTK_WIDGET (self->scale));
  ekl_setting_row_add_below (row, GTK_WIDGET (self->scale));
}

static void
ekl_number_row_build (EklSettingRow *row)
{
  const EklSettingInfo *info = ekl_setting_row_get_info (row);

  make_spin (EKL_NUMBER_ROW (row));
  if (info->slider_low < info->slider_high)
    make_scale (EKL_NUMBER_ROW (row));
}

static void
ekl_number_row_show_value (EklSettingRow *row)
{
  EklNumberRow *self = EKL_NUMBER_ROW (row);
  const double value = get_value (self);
  const double increment = get_increment (self, value);

  self->showing = TRUE;
  gtk_spin_button_set_increments (self->spin, increment, 10 * increment);
  gtk_spin_button_set_value (self->spin, value);
  spin_output_cb (self->spin, self);
  /* a slider that is being dragged stays under the pointer, though the number is rounded */
  if (self->scale != NULL &&
      from_slider (self, gtk_range_get_value (GTK_RANGE (self->scale))) != value)
    gtk_range_set_value (GTK_RANGE (self->scale), to_slider (self, value));
  self->showing = FALSE;
}

static void
ekl_number_row_class_init (EklNumberRowClass *klass)
{
  EklSettingRowClass *row_class = EKL_SETTING_ROW_CLASS (klass);

  row_class->build = ekl_number_row_build;
  row_class->show_value = ekl_number_row_show_value;
}

static void
ekl_number_row_init (EklNumberRow *self)
{
}
