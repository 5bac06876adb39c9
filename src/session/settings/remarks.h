/* remarks.h - what a user should know about settings that do not do what one might expect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-experiment.h"

G_BEGIN_DECLS

char **ekl_experiment_get_remarks (EklExperiment *self);

G_END_DECLS
