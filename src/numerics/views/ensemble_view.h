/* ensemble_view.h - what is seen of an ensemble: its spectrum, and what lies in the span of its start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

/* Work that a look at an ensemble may cost: about a second of one processor, once in a while. */
#define EKL_LOOK_FLOPS 4e10
#define EKL_LOOK_BYTES (128 << 20)

/* The singular values of dU over sqrt (J): the standard deviations along the principal axes. */
typedef struct {
  guint n_values;        /* min (J - 1, P); 0 where they would have taken too long */
  double *value;         /* descending */
  double effective_rank; /* participation ratio (sum l)^2 / sum l^2 of the eigenvalues l of C; NaN likewise */
} EklSpectrum;

/* The span of the anomalies of an ensemble, ready for projections. */
typedef struct _EklSpan EklSubspace;

/* The picture's data: plain arrays, owned, made for one look at the ensemble. */
typedef struct {
  guint64 step;         /* after which */
  guint size;           /* J */
  gsize n_parameters;   /* P */
  EklSpectrum *start;   /* NULL where the start was not kept */
  EklSpectrum *now;
  guint span_rank;      /* dimension of the start's span; 0 where it was not kept */
  char *sentence;       /* how the ensemble is doing, in plain words */
  gboolean is_warning;  /* something is to be done about it */
} EklEnsembleView;

EklEnsembleView *ekl_ensemble_view_copy (const EklEnsembleView *self);
void             ekl_ensemble_view_free (EklEnsembleView       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklEnsembleView, ekl_ensemble_view_free)

EklSpectrum *ekl_spectrum_new  (const EklEnsemble *ensemble,
                                guint              n_threads);
EklSpectrum *ekl_spectrum_copy (const EklSpectrum *self);
void         ekl_spectrum_free (EklSpectrum       *self);

gboolean     ekl_subspace_is_small (guint              size,
                                    gsize              n_parameters);
EklSubspace *ekl_subspace_new      (const EklEnsemble *ensemble,
                                    guint              n_threads);
void         ekl_subspace_free     (EklSubspace       *self);
guint        ekl_subspace_get_rank (const EklSubspace *self);
double       ekl_subspace_share    (const EklSubspace *self,
                                    const real        *u,
                                    const real        *from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklSpectrum, ekl_spectrum_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklSubspace, ekl_subspace_free)

G_END_DECLS
