/* setting_text.c - a setting's value to text and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "setting_text.h"

#include <math.h>
#include <string.h>

/* The shortest text that reads back as the same number, whatever the locale. */
static char *
number_to_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* "%.6g" to "%.17g" */
  for (int digits = 6; digits <= 17; digits++) {
    const char format[] = { '%', '.', '0' + digits / 10, '0' + digits % 10, 'g', '\0' };

    g_ascii_formatd (text, sizeof text, format, number);
    if (g_ascii_strtod (text, NULL) == number && strstr (text, "e+") == NULL)
      break;
  }
  return g_strdup (text);
}

/* Decimal notation only: strtod alone would take "inf", "nan", "0x10" and leading blanks. */
static gboolean
text_to_number (const char *text, double *number)
{
  char *end = NULL;

  if (*text == '\0' || text[strspn (text, "0123456789+-.eE")] != '\0')
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

/* As it was typed, in quotes where it is no number, and not at any length. */
static char *
quote (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (strlen (text), 100));
  double number;

  return text_to_number (text, &number) ? g_strdup (text) : g_strdup_printf ("\"%s\"", valid);
}

static gboolean
set_bad_value (const EklSettingSpec *self, const char *text, GError **error)
{
  g_autofree char *range = ekl_setting_describe (self);
  g_autofree char *given = quote (text);
  double number;
  const char *hint = "";

  if (self->kind == EKL_SETTING_NUMBER && !text_to_number (text, &number) &&
      strchr (text, ',') != NULL)
    hint = "; write decimals with a point";
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE, "%s must be %s%s, not %s%s",
               self->info.name, self->kind == EKL_SETTING_CHOICE ? "one of " : "", range, given,
               hint);
  return FALSE;
}

static gboolean
parse_number (const EklSettingSpec *self, const char *text, GValue *value)
{
  double number;

  if (!text_to_number (text, &number) || number < self->low || number > self->high)
    return FALSE;
  /* -0 would print as a sign that nobody typed for a reason */
  g_value_set_double (value, number == 0.0 ? 0.0 : number);
  return TRUE;
}

static gboolean
parse_whole (const EklSettingSpec *self, const char *text, GValue *value)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, (guint64) self->low, (guint64) self->high, &number,
                                   NULL))
    return FALSE;
  g_value_set_uint (value, (guint) number);
  return TRUE;
}

static gboolean
parse_switch (const char *text, GValue *value)
{
  static const char *const yes[] = { "yes", "true", "1", "on", NULL };
  static const char *const no[] = { "no", "false", "0", "off", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  g_value_set_boolean (value, g_strv_contains (yes, lower));
  return g_strv_contains (yes, lower) || g_strv_contains (no, lower);
}

static gboolean
parse_choice (const char *text, GValue *value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (G_VALUE_TYPE (value));

  for (guint k = 0; k < klass->n_values; k++)
    if (g_ascii_strcasecmp (klass->values[k].value_nick, text) == 0) {
      g_value_set_enum (value, klass->values[k].value);
      return TRUE;
    }
  return FALSE;
}

static gboolean
parse_choices (const char *text, GValue *value)
{
  g_autoptr (GFlagsClass) klass = g_type_class_ref (G_VALUE_TYPE (value));
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint flags = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    const GFlagsValue *choice = g_flags_get_value_by_nick (klass, g_strstrip (parts[i]));

    if (choice == NULL)
      return FALSE;
    flags |= choice->value;
  }
  g_value_set_flags (value, flags);
  return flags != 0;
}

/*
 * ekl_setting_parse:
 * @value: (out caller-allocates): initialised to the setting's type
 *
 * Reads @text, with blanks at either end ignored and with a point for decimals in every locale.
 *
 * Returns: %FALSE with %EKL_SESSION_ERROR_BAD_VALUE where it is no value of the setting; the
 *   text names the setting, what is allowed and what was given
 */
gboolean
ekl_setting_parse (const EklSettingSpec *self, const char *text, GValue *value, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gboolean done = FALSE;

  switch (self->kind) {
  case EKL_SETTING_NUMBER:
    done = parse_number (self, stripped, value);
    break;
  case EKL_SETTING_WHOLE:
    done = parse_whole (self, stripped, value);
    break;
  case EKL_SETTING_SWITCH:
    done = parse_switch (stripped, value);
    break;
  case EKL_SETTING_CHOICE:
    done = parse_choice (stripped, value);
    break;
  case EKL_SETTING_CHOICES:
    done = parse_choices (stripped, value);
    break;
  case EKL_SETTING_TEXT:
  default:
    /* as it comes from a terminal in another encoding; names of files may be any bytes */
    if (!self->is_path && !g_utf8_validate (stripped, -1, NULL))
      break;
    if (self->check != NULL && !self->check (stripped, error))
      return FALSE;
    /* blanks may be part of a file's name */
    g_value_set_string (value, self->is_path ? text : stripped);
    return TRUE;
  }
  return done || set_bad_value (self, stripped, error);
}

static char *
format_choices (const GValue *value, const char *separator, guint flags)
{
  g_autoptr (GFlagsClass) klass = g_type_class_ref (G_VALUE_TYPE (value));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < klass->n_values; i++)
    if ((flags & klass->values[i].value) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "",
                              klass->values[i].value_nick);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/*
 * ekl_setting_format:
 *
 * Returns: (transfer full): text that ekl_setting_parse() reads back as the same value
 */
char *
ekl_setting_format (const EklSettingSpec *self, const GValue *value)
{
  switch (self->kind) {
  case EKL_SETTING_NUMBER:
    return number_to_text (g_value_get_double (value));
  case EKL_SETTING_WHOLE:
    return g_strdup_printf ("%u", g_value_get_uint (value));
  case EKL_SETTING_SWITCH:
    return g_strdup (g_value_get_boolean (value) ? "yes" : "no");
  case EKL_SETTING_CHOICE: {
    g_autoptr (GEnumClass) klass = g_type_class_ref (G_VALUE_TYPE (value));

    return g_strdup (g_enum_get_value (klass, g_value_get_enum (value))->value_nick);
  }
  case EKL_SETTING_CHOICES:
    return format_choices (value, ",", g_value_get_flags (value));
  case EKL_SETTING_TEXT:
  default:
    return g_value_dup_string (value);
  }
}

static char *
describe_choices (GType type)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  g_autoptr (GString) text = g_string_new (NULL);

  if (G_IS_ENUM_CLASS (klass)) {
    for (guint i = 0; i < G_ENUM_CLASS (klass)->n_values; i++)
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                              G_ENUM_CLASS (klass)->values[i].value_nick);
  } else {
    for (guint i = 0; i < G_FLAGS_CLASS (klass)->n_values; i++)
      g_string_append_printf (text, "%s%s", i > 0 ? "," : "one or more of ",
                              G_FLAGS_CLASS (klass)->values[i].value_nick);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/*
 * ekl_setting_describe:
 *
 * Returns: (transfer full): what is allowed, to stand after "must be" or in the help: "a number
 *   from 0 to 10", "tanh|relu"
 */
char *
ekl_setting_describe (const EklSettingSpec *self)
{
  g_autofree char *low = number_to_text (self->low);
  g_autofree char *high = number_to_text (self->high);

  switch (self->kind) {
  case EKL_SETTING_NUMBER:
    if (self->low == G_MINDOUBLE)
      return g_strdup_printf ("a number above 0 and up to %s", high);
    return g_strdup_printf ("a number from %s to %s", low, high);
  case EKL_SETTING_WHOLE:
    return g_strdup_printf ("a whole number from %s to %s", low, high);
  case EKL_SETTING_SWITCH:
    return g_strdup ("yes|no");
  case EKL_SETTING_CHOICE:
  case EKL_SETTING_CHOICES:
    return describe_choices (self->get_type ());
  case EKL_SETTING_TEXT:
  default:
    return g_strdup (self->form);
  }
}

/* @why: (transfer full) */
static gboolean
set_bad_layers (const char *text, char *why, GError **error)
{
  g_autofree char *given = g_utf8_make_valid (text, -1);

  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
               "layers: \"%s\" %s; give " EKL_LAYERS_FORM, given, why);
  g_free (why);
  return FALSE;
}

static char *
describe_bad_width (const char *part)
{
  g_autofree char *given = NULL;

  if (*part == '\0')
    return g_strdup ("has an empty entry");
  given = g_utf8_make_valid (part, -1);
  return g_strdup_printf ("has the entry \"%s\", which is not a whole number from 1 to %d", given,
                          EKL_MAX_LAYER_WIDTH);
}

/*
 * ekl_layers_parse:
 * @width: (out) (array length=n): room for %EKL_MAX_HIDDEN_LAYERS widths
 *
 * Reads the hidden widths "16,16"; an empty @text is a linear model, none.
 */
gboolean
ekl_layers_parse (const char *text, guint *width, guint *n, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto (GStrv) parts = g_strsplit (stripped, ",", -1);

  *n = 0;
  for (guint i = 0; parts[i] != NULL; i++) {
    const char *part = g_strstrip (parts[i]);
    guint64 number;

    if (!g_ascii_string_to_unsigned (part, 10, 1, EKL_MAX_LAYER_WIDTH, &number, NULL))
      return set_bad_layers (text, describe_bad_width (part), error);
    if (i >= EKL_MAX_HIDDEN_LAYERS)
      return set_bad_layers (
        text, g_strdup_printf ("has more than %d entries", EKL_MAX_HIDDEN_LAYERS), error);
    width[i] = (guint) number;
    *n = i + 1;
  }
  return TRUE;
}

/* The same, for its errors only. */
gboolean
ekl_layers_check (const char *text, GError **error)
{
  guint width[EKL_MAX_HIDDEN_LAYERS], n;

  return ekl_layers_parse (text, width, &n, error);
}

/*
 * ekl_numbers_parse:
 * @numbers: (out) (array length=n) (transfer full): the numbers
 *
 * Standard deviations such as "0.1,0.3".
 */
gboolean
ekl_numbers_parse (const char *text, double **numbers, guint *n, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autofree double *list = g_new (double, g_strv_length (parts) + 1);

  *n = 0;
  for (; parts[*n] != NULL; (*n)++) {
    const char *part = g_strstrip (parts[*n]);

    if (text_to_number (part, &list[*n]) && list[*n] > 0 && list[*n] <= 1e6)
      continue;
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "noise-std: \"%s\" must be one number above 0, or one for each output with commas "
                 "between them; write decimals with a point",
                 text);
    return FALSE;
  }
  *numbers = g_steal_pointer (&list);
  return TRUE;
}

/* Empty: there is no list. */
gboolean
ekl_numbers_check (const char *text, GError **error)
{
  g_autofree double *numbers = NULL;
  guint n;

  return *text == '\0' || ekl_numbers_parse (text, &numbers, &n, error);
}

/*
 * ekl_start_parse:
 * @particle: (out): K of "particle:K", from 1; 0 for "mean"
 *
 * Reads where gradient descent starts.
 */
gboolean
ekl_start_parse (const char *text, guint *particle, GError **error)
{
  g_autofree char *given = NULL;
  guint64 number = 0;

  *particle = 0;
  if (g_str_equal (text, "mean"))
    return TRUE;
  if (g_str_has_prefix (text, "particle:") &&
      g_ascii_string_to_unsigned (text + strlen ("particle:"), 10, 1, 100000, &number, NULL)) {
    *particle = (guint) number;
    return TRUE;
  }
  given = g_utf8_make_valid (text, -1);
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
               "start must be " EKL_START_FORM ", not \"%s\"", given);
  return FALSE;
}

/* The same, for its errors only. */
gboolean
ekl_start_check (const char *text, GError **error)
{
  guint particle;

  return ekl_start_parse (text, &particle, error);
}
