/* ekl-experiment.h - every setting of one experiment, each one property
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "change.h"
#include "csv_format.h"
#include "dataset.h"
#include "gradient_descent.h"
#include "history.h"
#include "kalman_inversion.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define EKL_SESSION_ERROR (ekl_session_error_quark ())
GQuark ekl_session_error_quark (void);

typedef enum {
  EKL_SESSION_ERROR_UNKNOWN_SETTING,
  EKL_SESSION_ERROR_BAD_VALUE, /* the text names the setting, the value and what is allowed */
  EKL_SESSION_ERROR_MEMORY,    /* more than the machine has; the text says how many bytes */
  EKL_SESSION_ERROR_FILE,
} EklSessionError;

/* Where a setting stands in the side panel, the help and the experiment file. */
typedef enum {
  EKL_SETTING_GROUP_DATA,
  EKL_SETTING_GROUP_NETWORK,
  EKL_SETTING_GROUP_RUN,
  EKL_SETTING_GROUP_DESCENT,
  EKL_SETTING_GROUP_ENSEMBLE,
  EKL_SETTING_GROUP_PRIOR,
  EKL_SETTING_N_GROUPS,
} EklSettingGroup;

/* When a changed setting acts. */
typedef enum {
  EKL_SETTING_EFFECT_LIVE,    /* from the next step, marked on the curves */
  EKL_SETTING_EFFECT_PRIOR,   /* before the first step at once, later at reset */
  EKL_SETTING_EFFECT_RESTART, /* makes a new run of the same data */
  EKL_SETTING_EFFECT_RELOAD,  /* makes a new dataset, then a new run */
  EKL_SETTING_EFFECT_CONTROL, /* says how far or how fast, changes no number */
} EklSettingEffect;

/* What a GParamSpec has no place for. Name, nick (title), blurb (one sentence of help), range and
 * default are the GParamSpec's. */
typedef struct {
  const char *name;        /* property, --option and key */
  EklSettingGroup group;
  EklSettingEffect effect;
  gboolean logarithmic;    /* the slider's scale */
  double slider_low;       /* the slider's range, inside the property's; both 0: no slider */
  double slider_high;
  gboolean in_panel;       /* has a row in the side panel */
  gboolean advanced;       /* which is shown on request, or where the setting is changed */
} EklSettingInfo;

#define EKL_TYPE_EXPERIMENT (ekl_experiment_get_type ())
G_DECLARE_FINAL_TYPE (EklExperiment, ekl_experiment, EKL, EXPERIMENT, GObject)

EklExperiment        *ekl_experiment_new            (void);
EklExperiment        *ekl_experiment_copy           (EklExperiment       *self);
void                  ekl_experiment_assign         (EklExperiment       *self,
                                                     EklExperiment       *source);

const EklSettingInfo *ekl_experiment_list_settings  (guint               *n);
const EklSettingInfo *ekl_experiment_find_setting   (const char          *name);
GParamSpec           *ekl_experiment_get_pspec      (const char          *name);
const char           *ekl_setting_group_get_title   (EklSettingGroup      group);
const char           *ekl_setting_group_get_name    (EklSettingGroup      group);

/* Text is the one form that the command line, the experiment file and typed entries share. */
gboolean              ekl_experiment_set_text       (EklExperiment       *self,
                                                     const char          *name,
                                                     const char          *text,
                                                     GError             **error);
char                 *ekl_experiment_get_text       (EklExperiment       *self,
                                                     const char          *name);
char                 *ekl_experiment_name_value     (const char          *setting,
                                                     const char          *text);
char                 *ekl_experiment_describe_range (const char          *name);
gboolean              ekl_experiment_check          (EklExperiment       *self,
                                                     GError             **error);
void                  ekl_experiment_reset_setting  (EklExperiment       *self,
                                                     const char          *name);
gboolean              ekl_experiment_is_explicit    (EklExperiment       *self,
                                                     const char          *name);
void                  ekl_experiment_copy_setting   (EklExperiment       *self,
                                                     EklExperiment       *source,
                                                     const char          *name);
/* What is to change in the middle of a run of it, NULL: nothing. Copied, saved and loaded with it. */
GPtrArray            *ekl_experiment_get_changes    (EklExperiment       *self);
void                  ekl_experiment_set_changes    (EklExperiment       *self,
                                                     GPtrArray           *changes);
/* What files say of the data in a comment, NULL: nothing. Not copied: it is true of one run. */
const char           *ekl_experiment_get_data_comment (EklExperiment     *self);
void                  ekl_experiment_set_data_comment (EklExperiment     *self,
                                                     const char          *comment);
void                  ekl_experiment_unset          (EklExperiment       *self,
                                                     const char          *name);
void                  ekl_experiment_apply_preset   (EklExperiment       *self,
                                                     const char *const   *pairs,
                                                     gboolean             keep_explicit);

const GValue         *ekl_experiment_get_value      (EklExperiment       *self, const char *name);
const GValue         *ekl_experiment_get_base       (EklExperiment       *self, const char *name);
void                  ekl_experiment_suggest        (EklExperiment       *self,
                                                     const char          *name,
                                                     const GValue        *value);
/* Shows what a run on data of that task, with that step rule, takes where nobody has chosen. */
void                  ekl_experiment_adapt          (EklExperiment       *self,
                                                     EklTask              task,
                                                     EklStepRule          step_rule);

/* Typed reads for the session room: the value of a property of that fundamental type. */
double                ekl_experiment_get_double     (EklExperiment       *self, const char *name);
guint                 ekl_experiment_get_uint       (EklExperiment       *self, const char *name);
gboolean              ekl_experiment_get_boolean    (EklExperiment       *self, const char *name);
int                   ekl_experiment_get_enum       (EklExperiment       *self, const char *name);
const char           *ekl_experiment_get_string     (EklExperiment       *self, const char *name);

/* What the other rooms need, as their plain structs. Strings in it belong to the experiment. */
void                  ekl_experiment_get_data_options (EklExperiment *self,
                                                     EklDataOptions *options);
void                  ekl_experiment_get_csv_format (EklExperiment *self,
                                                     EklCsvFormat *format);
void                  ekl_experiment_set_csv_format (EklExperiment *self,
                                                     const EklCsvFormat *format);
void                  ekl_experiment_get_descent_settings (EklExperiment *self,
                                                     EklTask task,
                                                     EklDescentSettings *settings);
void                  ekl_experiment_get_inversion_settings (EklExperiment *self,
                                                     EklTask task,
                                                     EklInversionSettings *settings);
gboolean              ekl_experiment_get_network    (EklExperiment *self,
                                                     EklDataset *dataset,
                                                     EklNetwork *network,
                                                     GError **error);
guint                 ekl_experiment_get_batch_size        (EklExperiment *self); /* 0: all rows */
guint                 ekl_experiment_get_step_limit        (EklExperiment *self); /* 0: none */
gboolean              ekl_experiment_has_method     (EklExperiment *self,
                                                     EklMethod method);

/* The experiment file, .ekilab: a key file, one group a setting group, paths relative to it. */
gboolean              ekl_experiment_load           (EklExperiment       *self,
                                                     const char          *path,
                                                     GError             **error);
gboolean              ekl_experiment_save           (EklExperiment       *self,
                                                     const char          *path,
                                                     GError             **error);

G_END_DECLS
