/* plane-cases.h - networks, paths and planes to test with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "parameter_plane.h"

/* Rounding of a number about as large as one. */
#define ROUNDING (sizeof (real) == 4 ? 1e-5 : 1e-12)

/* How a made-up method moves: drift and curve in a plane of its own, and a little noise all around. */
typedef struct {
  gsize n;
  double *direction; /* (2, n) */
  double *start;     /* (n) */
  double noise;
} Mover;

EklNetwork        case_network    (guint              n_inputs,
                                   guint              n_hidden,
                                   guint              n_outputs);
double            case_normal     (void);

Mover            *mover_new       (gsize              n,
                                   double             noise);
void              mover_free      (Mover             *self);
void              mover_step      (const Mover       *self,
                                   guint              step,
                                   EklParameterPath  *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mover, mover_free)

/* The directions as lifting shows them, shape (2, P). */
double           *case_directions (const EklPlaneFit *fit,
                                   gsize              n_parameters);
double            case_dot        (const double      *a,
                                   const double      *b,
                                   gsize              n);
