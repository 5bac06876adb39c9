/* plane_basis.h - pairs of directions: the small linear algebra of the parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  ekl_plane_random_pair    (guint64       seed,
                                gsize         n_parameters,
                                double       *pair);

guint ekl_plane_principal_pair (const double *rows,
                                guint         n_rows,
                                gsize         n_parameters,
                                double       *pair,
                                double       *share);

void  ekl_plane_complete_pair  (guint64       seed,
                                gsize         n_parameters,
                                guint         rank,
                                double       *pair);

void  ekl_plane_coordinates    (const double *rows,
                                guint         n_rows,
                                gsize         n_parameters,
                                const double *pair,
                                double       *coordinates);

void  ekl_plane_procrustes     (const double  m[4],
                                double        r[4]);

void  ekl_plane_turn_pair      (gsize         n_parameters,
                                const double  r[4],
                                double       *pair);

G_END_DECLS
