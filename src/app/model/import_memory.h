/* import_memory.h - how each file was imported the last time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-experiment.h"

G_BEGIN_DECLS

gboolean ekl_is_data_choice       (const EklSettingInfo *info);
void     ekl_copy_data_choices    (EklExperiment  *to,
                                   EklExperiment  *from);

gboolean ekl_import_memory_recall (const char     *path,
                                   EklExperiment  *settings);
gboolean ekl_import_memory_keep   (const char     *path,
                                   EklExperiment  *settings,
                                   GError        **error);

G_END_DECLS
