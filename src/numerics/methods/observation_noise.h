/* observation_noise.h - perturbed observations: the noise that every particle's data get
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

typedef struct _EklObservationNoise EklObservationNoise;

/* Whose noise: the numbers that the draws are counted by. */
typedef struct {
  guint64 seed;
  guint32 step;
} EklNoiseDraw;

EklObservationNoise *ekl_observation_noise_new  (guint                 size,
                                                 guint                 max_observations,
                                                 gboolean              in_ensemble_space,
                                                 guint                 n_threads,
                                                 GError              **error);
void                 ekl_observation_noise_free (EklObservationNoise  *self);
const real          *ekl_observation_noise_draw (EklObservationNoise  *self,
                                                 EklNoiseDraw          draw,
                                                 guint                 n_observations,
                                                 double                step_size);
void                 ekl_observation_noise_factorise (EklObservationNoise *self,
                                                 const double         *gram,
                                                 double                scale);
void                 ekl_observation_noise_add  (EklObservationNoise  *self,
                                                 EklNoiseDraw          draw,
                                                 double               *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklObservationNoise, ekl_observation_noise_free)

G_END_DECLS
