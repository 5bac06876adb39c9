/* quantiles.h - quantiles by selection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize ekl_quantiles (double       *values,
                     gsize         n,
                     const double *p,
                     guint         n_p,
                     double       *out);

G_END_DECLS
