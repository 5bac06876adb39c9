/* summary.h - the table at the end: what both methods reached, and at what cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training.h"

G_BEGIN_DECLS

char *ekl_summary_format (const EklRecord  *record,
                          const EklOutcome *outcome,
                          EklDataset       *dataset);
char *ekl_summary_format_data (EklDataset *dataset, EklExperiment *experiment);

G_END_DECLS
