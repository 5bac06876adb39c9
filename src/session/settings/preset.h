/* preset.h - several settings that go by one name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-experiment.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;
  const char *title;
  const char *help;
  const char *const *settings; /* name, text, ..., NULL */
} EklPreset;

const EklPreset *ekl_presets_list  (guint           *n);
guint            ekl_preset_choose (const EklPreset *self,
                                    EklExperiment   *experiment);

G_END_DECLS
