/* toy_problems.h - small problems made by a formula
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

EklTable *ekl_toy_sine_new  (const char *name,
                             guint       n_rows,
                             double      noise_std,
                             guint64     seed);
EklTable *ekl_toy_moons_new (const char *name,
                             guint       n_rows,
                             double      noise_std,
                             guint64     seed);
EklTable *ekl_toy_hills_new (const char *name,
                             guint       n_rows,
                             double      noise_std,
                             guint64     seed);

G_END_DECLS
