/* ensemble.h - J parameter vectors, stored layer by layer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network.h"
#include "real.h"

G_BEGIN_DECLS

/**
 * EklEnsemble: J particles of one network.
 *
 * Stored as 2 * n_layers blocks: block 2l is W_{l+1} of all particles, shape (J, n_{l+1} n_l) row-major, block
 * 2l + 1 is b_{l+1}, shape (J, n_{l+1}). So the first layer of all particles is one (J n_1) x n_0 matrix and
 * its forward pass one matrix product. Outside, ensembles travel as rows, shape (J, P), in the order of EklNetwork.
 */
typedef struct _EklEnsemble EklEnsemble;

EklEnsemble      *ekl_ensemble_new          (const EklNetwork  *network,
                                             guint              size,
                                             GError           **error);
EklEnsemble      *ekl_ensemble_copy         (const EklEnsemble *self);
EklEnsemble      *ekl_ensemble_copy_some    (const EklEnsemble *self,
                                             guint              n,
                                             GError           **error);
void              ekl_ensemble_free         (EklEnsemble       *self);

const EklNetwork *ekl_ensemble_get_network  (const EklEnsemble *self);
guint             ekl_ensemble_get_size     (const EklEnsemble *self);
guint             ekl_ensemble_n_blocks     (const EklEnsemble *self);
real             *ekl_ensemble_block        (const EklEnsemble *self,
                                             guint              block,
                                             gsize             *width,
                                             gsize             *offset);

void              ekl_ensemble_get_particle (const EklEnsemble *self,
                                             guint              particle,
                                             real              *u);
void              ekl_ensemble_set_particle (EklEnsemble       *self,
                                             guint              particle,
                                             const real        *u);
void              ekl_ensemble_get_rows     (const EklEnsemble *self,
                                             double            *rows);
void              ekl_ensemble_set_rows     (EklEnsemble       *self,
                                             const double      *rows);
void              ekl_ensemble_get_mean     (const EklEnsemble *self,
                                             real              *mean);
void              ekl_ensemble_get_mean_double (const EklEnsemble *self,
                                             double            *mean);
double            ekl_ensemble_get_spread   (const EklEnsemble *self);
gboolean          ekl_ensemble_resize       (EklEnsemble       *self,
                                             guint              size,
                                             GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklEnsemble, ekl_ensemble_free)

G_END_DECLS
