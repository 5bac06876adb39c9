/* noise_covariance.h - Gamma, the covariance of the observation noise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

/* Gamma = I (x) Gamma_m: one number, one a output, or any m x m symmetric positive definite block. Immutable. */
typedef struct _EklNoiseCovariance EklNoiseCovariance;

EklNoiseCovariance *ekl_noise_covariance_new_diagonal (guint         n_outputs,
                                                       const double *std,
                                                       guint         n_std,
                                                       GError      **error);
EklNoiseCovariance *ekl_noise_covariance_new_full     (guint         n_outputs,
                                                       const double *covariance,
                                                       GError      **error);
EklNoiseCovariance *ekl_noise_covariance_ref          (EklNoiseCovariance *self);
void                ekl_noise_covariance_unref        (EklNoiseCovariance *self);
double              ekl_noise_covariance_get_scale    (const EklNoiseCovariance *self);
gboolean            ekl_noise_covariance_is_isotropic (const EklNoiseCovariance *self);
guint               ekl_noise_covariance_get_n_outputs (const EklNoiseCovariance *self);
void                ekl_noise_covariance_whiten       (const EklNoiseCovariance *self,
                                                       guint         n_data,
                                                       real         *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklNoiseCovariance, ekl_noise_covariance_unref)

G_END_DECLS
