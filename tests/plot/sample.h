/* sample.h - made-up runs that look like real ones, for the tests of the figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

G_BEGIN_DECLS

/* An EKI run that converges and a noisy descent; validation rows and two events; from the step
 * diverges_at on (0: never) descent grows without bound. */
EklHistory     *sample_history     (guint n_steps, guint diverges_at);
EklPlane       *sample_plane       (guint n_particles, guint n_path, guint grid);
void            sample_gather (EklPlane *plane,
                               double    factor);
EklEnsembleView *sample_ensemble   (guint size);
EklPredictions *sample_curve       (void);
EklPredictions *sample_scatter     (guint n_data);
EklPredictions *sample_field       (guint grid);
EklPredictions *sample_confusion (guint n_classes);
EklPredictions *sample_pictures  (guint n_classes, guint n);
EklPredictions *sample_residuals (guint n, double noise_std);
double          sample_uniform     (guint32 *state); /* 0..1, the same on every machine */
double          sample_normal      (guint32 *state);

G_END_DECLS
