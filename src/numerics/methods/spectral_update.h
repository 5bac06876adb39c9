/* spectral_update.h - the weights of the square-root filter and of the Langevin sampler
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ekl_factor_is_finite      (guint         order,
                                    const double *factor);
gsize    ekl_square_root_work_size (guint         size);
gboolean ekl_square_root_weights   (guint         size,
                                    double        step_size,
                                    const double *gram,
                                    const double *projected,
                                    guint         n_threads,
                                    double       *work,
                                    double       *weights);
gsize    ekl_langevin_work_size    (guint         size);
gboolean ekl_langevin_weights      (guint         size,
                                    gsize         n_parameters,
                                    double        step_size,
                                    const double *prior_gram,
                                    const double *prior_projected,
                                    const double *diffusion,
                                    guint         n_threads,
                                    double       *work,
                                    double       *weights);

G_END_DECLS
