/* ekl-experiment.c - every setting of one experiment, each one property
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-experiment.h"

#include "one_line.h"
#include "setting_table.h"
#include "setting_text.h"

#include <string.h>
#include "setting_types.h"

/* One store for all settings: setting i is line i of the table, property i + 1 and value[i]. */
struct _EklExperiment {
  GObject parent_instance;

  GValue *value;
  gboolean *is_explicit;
  GValue *base;       /* what stands under a suggestion; not initialised where there is none */
  GPtrArray *changes; /* of EklChange; NULL: none */
  char *data_comment; /* NULL: none */
};

G_DEFINE_FINAL_TYPE (EklExperiment, ekl_experiment, G_TYPE_OBJECT)
G_DEFINE_QUARK (ekl_session_error_quark, ekl_session_error)

/* Made once in class_init, in the table's order; pspecs from 1 as GObject counts them. */
static GParamSpec **pspecs;
static EklSettingInfo *infos;
static guint n_settings;

static void
ensure_class (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    /* kept for good: the param specs are handed out */
    g_type_class_ref (EKL_TYPE_EXPERIMENT);
    g_once_init_leave (&once, 1);
  }
}

static const EklSettingSpec *
spec_at (guint i)
{
  guint n;

  return &ekl_setting_table (&n)[i];
}

/* The index of a setting; n_settings where there is none of that name. */
static guint
find (const char *name)
{
  guint i = 0;

  ensure_class ();
  while (i < n_settings && !g_str_equal (infos[i].name, name))
    i++;
  return i;
}

static void
store (EklExperiment *self, guint i, const GValue *value, gboolean is_explicit)
{
  GParamSpec *pspec = pspecs[i + 1];
  /* what adapts is another setting when it is somebody's choice, also of the value that it had */
  const gboolean changed = g_param_values_cmp (pspec, value, &self->value[i]) != 0 ||
                           (spec_at (i)->adapts && self->is_explicit[i] != is_explicit);

  self->is_explicit[i] = is_explicit;
  if (G_IS_VALUE (&self->base[i]))
    g_value_unset (&self->base[i]);
  if (!changed)
    return;
  g_value_copy (value, &self->value[i]);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_base (EklExperiment *self, guint i, const GValue *base)
{
  g_value_init (&self->base[i], G_VALUE_TYPE (base));
  g_value_copy (base, &self->base[i]);
}

static void
store_copy (EklExperiment *self, guint i, EklExperiment *source)
{
  g_object_freeze_notify (G_OBJECT (self));
  store (self, i, &source->value[i], source->is_explicit[i]);
  if (G_IS_VALUE (&source->base[i]))
    set_base (self, i, &source->base[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
ekl_experiment_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_copy (&EKL_EXPERIMENT (object)->value[id - 1], value);
}

static void
ekl_experiment_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_auto (GValue) text = G_VALUE_INIT;

  /* strings are never NULL, so that nobody has to ask */
  if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) == NULL) {
    g_value_set_static_string (g_value_init (&text, G_TYPE_STRING), "");
    value = &text;
  }
  store (EKL_EXPERIMENT (object), id - 1, value, TRUE);
}

static void
ekl_experiment_finalize (GObject *object)
{
  EklExperiment *self = EKL_EXPERIMENT (object);

  for (guint i = 0; i < n_settings; i++) {
    g_value_unset (&self->value[i]);
    if (G_IS_VALUE (&self->base[i]))
      g_value_unset (&self->base[i]);
  }
  g_free (self->value);
  g_free (self->base);
  g_free (self->is_explicit);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self->data_comment);
  G_OBJECT_CLASS (ekl_experiment_parent_class)->finalize (object);
}

static void
ekl_experiment_class_init (EklExperimentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const EklSettingSpec *table = ekl_setting_table (&n_settings);

  object_class->get_property = ekl_experiment_get_property;
  object_class->set_property = ekl_experiment_set_property;
  object_class->finalize = ekl_experiment_finalize;

  pspecs = g_new0 (GParamSpec *, n_settings + 1);
  infos = g_new0 (EklSettingInfo, n_settings);
  for (guint i = 0; i < n_settings; i++) {
    infos[i] = table[i].info;
    pspecs[i + 1] = ekl_setting_make_pspec (&table[i]);
  }
  g_object_class_install_properties (object_class, n_settings + 1, pspecs);
}

static void
ekl_experiment_init (EklExperiment *self)
{
  self->value = g_new0 (GValue, n_settings);
  self->is_explicit = g_new0 (gboolean, n_settings);
  self->base = g_new0 (GValue, n_settings);
  for (guint i = 0; i < n_settings; i++) {
    g_value_init (&self->value[i], pspecs[i + 1]->value_type);
    g_param_value_set_default (pspecs[i + 1], &self->value[i]);
  }
}

/**
 * ekl_experiment_new:
 *
 * Returns: (transfer full): an experiment with every setting at its default
 */
EklExperiment *
ekl_experiment_new (void)
{
  ensure_class ();
  return g_object_new (EKL_TYPE_EXPERIMENT, NULL);
}

/**
 * ekl_experiment_copy:
 *
 * Returns: (transfer full): the same values, the same ones explicit, and the same changes
 */
EklExperiment *
ekl_experiment_copy (EklExperiment *self)
{
  EklExperiment *copy = ekl_experiment_new ();

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), copy);

  ekl_experiment_assign (copy, self);
  ekl_experiment_set_changes (copy, self->changes);
  return copy;
}

/**
 * ekl_experiment_assign:
 *
 * Takes over the values of @source and which of them are explicit, notifying for what changes. What
 * is to change in the middle of a run stays as it is.
 */
void
ekl_experiment_assign (EklExperiment *self, EklExperiment *source)
{
  g_return_if_fail (EKL_IS_EXPERIMENT (self));
  g_return_if_fail (EKL_IS_EXPERIMENT (source));

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < n_settings; i++)
    store_copy (self, i, source);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * ekl_experiment_list_settings:
 * @n: (out): how many there are
 *
 * Returns: (array length=n): all settings, in the order of the help and the side panel
 */
const EklSettingInfo *
ekl_experiment_list_settings (guint *n)
{
  ensure_class ();
  *n = n_settings;
  return infos;
}

/**
 * ekl_experiment_find_setting:
 *
 * Returns: (nullable): the setting of that name
 */
const EklSettingInfo *
ekl_experiment_find_setting (const char *name)
{
  const guint i = find (name);

  return i < n_settings ? &infos[i] : NULL;
}

/**
 * ekl_experiment_get_pspec:
 *
 * Returns: (nullable) (transfer none): the property of that name: range, default, title (nick)
 *   and help
 */
GParamSpec *
ekl_experiment_get_pspec (const char *name)
{
  const guint i = find (name);

  return i < n_settings ? pspecs[i + 1] : NULL;
}

/**
 * ekl_experiment_set_text:
 *
 * Sets a setting from text: numbers with a decimal point in every locale, yes|no, the names of
 * choices. Several numbers go to the setting that holds the list; one number ends the list.
 *
 * Returns: %FALSE, with everything as it was, where there is no such setting or the text is no
 *   value of it
 */
gboolean
ekl_experiment_set_text (EklExperiment *self, const char *name, const char *text, GError **error)
{
  const guint i = find (name);
  g_auto (GValue) value = G_VALUE_INIT;

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (i == n_settings) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING,
                 "there is no setting \"%s\"", name);
    return ekl_one_line_error (error);
  }
  if (spec_at (i)->list != NULL && strchr (text, ',') != NULL)
    return ekl_experiment_set_text (self, spec_at (i)->list, text, error);
  g_value_init (&value, pspecs[i + 1]->value_type);
  if (!ekl_setting_parse (spec_at (i), text, &value, error))
    return ekl_one_line_error (error);
  store (self, i, &value, TRUE);
  if (spec_at (i)->list != NULL)
    ekl_experiment_reset_setting (self, spec_at (i)->list);
  return TRUE;
}

/**
 * ekl_experiment_get_text:
 *
 * Returns: (transfer full): text that ekl_experiment_set_text() reads as the same value
 */
char *
ekl_experiment_get_text (EklExperiment *self, const char *name)
{
  const GValue *value = ekl_experiment_get_value (self, name);

  return value != NULL ? ekl_setting_format (spec_at (find (name)), value) : NULL;
}

/**
 * ekl_experiment_describe_range:
 *
 * Returns: (transfer full) (nullable): what is allowed: "a number from 0 to 10", "tanh|relu", ...
 */
char *
ekl_experiment_describe_range (const char *name)
{
  const guint i = find (name);

  return i < n_settings ? ekl_setting_describe (spec_at (i)) : NULL;
}

/**
 * ekl_experiment_check:
 *
 * Looks at all settings, those set as properties too, and at those that must fit together.
 *
 * Returns: %FALSE where no run can be made of them; the text names the setting
 */
gboolean
ekl_experiment_check (EklExperiment *self, GError **error)
{
  EklCsvFormat format;

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), FALSE);

  for (guint i = 0; i < n_settings; i++) {
    g_autofree char *text = ekl_setting_format (spec_at (i), &self->value[i]);
    g_auto (GValue) value = G_VALUE_INIT;

    g_value_init (&value, pspecs[i + 1]->value_type);
    if (!ekl_setting_parse (spec_at (i), text, &value, error))
      return FALSE;
  }
  ekl_experiment_get_csv_format (self, &format);
  if (!ekl_csv_format_is_valid (&format)) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "delimiter, quote and comment, and decimal and thousands must be different "
                 "characters; leave one of them at auto");
    return FALSE;
  }
  if (g_value_get_enum (ekl_experiment_get_base (self, "loss")) == EKL_LOSS_CROSS_ENTROPY &&
      ekl_experiment_get_enum (self, "task") == EKL_TASK_REGRESSION) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "loss cross-entropy needs classes, but task is regression; set loss to squared");
    return FALSE;
  }
  return TRUE;
}

/**
 * ekl_experiment_reset_setting:
 *
 * Back to the default, and not explicit any more.
 */
void
ekl_experiment_reset_setting (EklExperiment *self, const char *name)
{
  const guint i = find (name);

  g_return_if_fail (EKL_IS_EXPERIMENT (self));
  g_return_if_fail (i < n_settings);

  store (self, i, g_param_spec_get_default_value (pspecs[i + 1]), FALSE);
}

/**
 * ekl_experiment_is_explicit:
 *
 * Returns: whether somebody has set it since the experiment was made or the last preset was applied
 */
gboolean
ekl_experiment_is_explicit (EklExperiment *self, const char *name)
{
  const guint i = find (name);

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), FALSE);
  g_return_val_if_fail (i < n_settings, FALSE);

  return self->is_explicit[i];
}

/**
 * ekl_experiment_unset:
 *
 * The value stays, but counts as nobody's choice.
 */
void
ekl_experiment_unset (EklExperiment *self, const char *name)
{
  const guint i = find (name);

  g_return_if_fail (EKL_IS_EXPERIMENT (self));
  g_return_if_fail (i < n_settings);

  self->is_explicit[i] = FALSE;
}

/**
 * ekl_experiment_copy_setting:
 *
 * Takes over one value of @source, and whether it is explicit.
 */
void
ekl_experiment_copy_setting (EklExperiment *self, EklExperiment *source, const char *name)
{
  const guint i = find (name);

  g_return_if_fail (EKL_IS_EXPERIMENT (self));
  g_return_if_fail (EKL_IS_EXPERIMENT (source));
  g_return_if_fail (i < n_settings);

  store_copy (self, i, source);
}

/**
 * ekl_experiment_suggest:
 * @value: (nullable): what the data or other settings suggest; %NULL: nothing
 *
 * Where nobody has chosen, the setting shows the suggestion, until there is another or none.
 */
void
ekl_experiment_suggest (EklExperiment *self, const char *name, const GValue *value)
{
  const guint i = find (name);
  g_auto (GValue) base = G_VALUE_INIT;

  g_return_if_fail (EKL_IS_EXPERIMENT (self));
  g_return_if_fail (i < n_settings);

  if (self->is_explicit[i])
    return;
  g_value_init (&base, pspecs[i + 1]->value_type);
  g_value_copy (ekl_experiment_get_base (self, name), &base);
  g_object_freeze_notify (G_OBJECT (self));
  store (self, i, value != NULL ? value : &base, FALSE);
  if (value != NULL)
    set_base (self, i, &base);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * ekl_experiment_get_base:
 *
 * Returns: (transfer none): the value of a setting without what is suggested, which is what is
 *   written; valid until it is changed
 */
const GValue *
ekl_experiment_get_base (EklExperiment *self, const char *name)
{
  const guint i = find (name);

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), NULL);
  g_return_val_if_fail (i < n_settings, NULL);

  return G_IS_VALUE (&self->base[i]) ? &self->base[i] : &self->value[i];
}

/**
 * ekl_experiment_get_data_comment:
 *
 * Returns: (nullable): what its file says of the data
 */
const char *
ekl_experiment_get_data_comment (EklExperiment *self)
{
  return self->data_comment;
}

/**
 * ekl_experiment_set_data_comment:
 * @comment: (nullable): lines of text that its file says of the data, for people
 */
void
ekl_experiment_set_data_comment (EklExperiment *self, const char *comment)
{
  g_free (self->data_comment);
  self->data_comment = g_strdup (comment);
}

/**
 * ekl_experiment_get_changes:
 *
 * Returns: (transfer none) (nullable) (element-type EklChange): what is to change in the middle of
 *   a run of it, in the order of the steps
 */
GPtrArray *
ekl_experiment_get_changes (EklExperiment *self)
{
  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), NULL);

  return self->changes;
}

/**
 * ekl_experiment_set_changes:
 * @changes: (nullable): copied
 */
void
ekl_experiment_set_changes (EklExperiment *self, GPtrArray *changes)
{
  GPtrArray *copy = changes != NULL && changes->len > 0 ? ekl_changes_copy (changes) : NULL;

  g_return_if_fail (EKL_IS_EXPERIMENT (self));

  g_clear_pointer (&self->changes, g_ptr_array_unref);
  self->changes = copy;
}

static const char *
find_in_pairs (const char *const *pairs, const char *name)
{
  for (; pairs != NULL && pairs[0] != NULL; pairs += 2)
    if (g_str_equal (pairs[0], name))
      return pairs[1];
  return NULL;
}

/* One setting of a preset: its value there, else its default; "data" alone stays as it is. */
static void
apply_to_setting (EklExperiment *self, guint i, const char *text)
{
  const GValue *value = g_param_spec_get_default_value (pspecs[i + 1]);
  g_auto (GValue) given = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (text == NULL && g_str_equal (infos[i].name, "data"))
    return;
  if (text != NULL) {
    g_value_init (&given, pspecs[i + 1]->value_type);
    if (ekl_setting_parse (spec_at (i), text, &given, &error))
      value = &given;
    else
      g_critical ("a preset is wrong: %s", error->message);
  }
  store (self, i, value, FALSE);
}

/**
 * ekl_experiment_apply_preset:
 * @pairs: (nullable): setting, text, ..., %NULL
 * @keep_explicit: leave alone what was set explicitly; it stays explicit
 *
 * Gives every setting the preset's value or, where the preset has none, its default, and makes
 * it not explicit. Only "data" stays where the preset does not name it. So what one example
 * wanted does not linger when the next one is opened.
 */
void
ekl_experiment_apply_preset (EklExperiment *self, const char *const *pairs, gboolean keep_explicit)
{
  g_return_if_fail (EKL_IS_EXPERIMENT (self));

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < n_settings; i++)
    if (!keep_explicit || !self->is_explicit[i])
      apply_to_setting (self, i, find_in_pairs (pairs, infos[i].name));
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * ekl_experiment_get_value:
 *
 * Returns: (transfer none): the value of a setting of any kind; valid until the experiment goes
 */
const GValue *
ekl_experiment_get_value (EklExperiment *self, const char *name)
{
  const guint i = find (name);

  g_return_val_if_fail (EKL_IS_EXPERIMENT (self), NULL);
  g_return_val_if_fail (i < n_settings, NULL);

  return &self->value[i];
}
