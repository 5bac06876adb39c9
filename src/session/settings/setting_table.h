/* setting_table.h - the one table that every setting is a line of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-experiment.h"

G_BEGIN_DECLS

typedef enum {
  EKL_SETTING_NUMBER,
  EKL_SETTING_WHOLE,
  EKL_SETTING_SWITCH,
  EKL_SETTING_CHOICE,
  EKL_SETTING_CHOICES, /* one or more of several */
  EKL_SETTING_TEXT,
} EklSettingKind;

typedef struct {
  EklSettingInfo info;
  const char *nick;
  const char *blurb;
  EklSettingKind kind;
  double value;              /* the default of all kinds but TEXT */
  double low, high;          /* NUMBER, WHOLE; low = G_MINDOUBLE: above 0 */
  GType (*get_type) (void);  /* CHOICE, CHOICES */
  const char *text;          /* TEXT: the default */
  const char *form;          /* TEXT: what it looks like, for people */
  gboolean (*check) (const char *text, GError **error); /* TEXT; NULL: anything */
  const char *list;          /* NUMBER: the setting that takes over where several are given; NULL: none */
  gboolean is_path;          /* relative to the file it is written in; example:NAME is none */
  gboolean adapts;           /* the default depends on the data: in files only where it was set */
} EklSettingSpec;

const EklSettingSpec *ekl_setting_table      (guint                *n);
const EklSettingSpec *ekl_setting_find       (const char           *name);
GParamSpec           *ekl_setting_make_pspec (const EklSettingSpec *self);

G_END_DECLS
