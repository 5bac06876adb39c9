/* particle_losses.h - every particle's own loss, computed a few at a time, and how it went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "loss.h"

G_BEGIN_DECLS

/**
 * EklParticleLosses: the newest losses of all particles, and a history of bounded size of their squared
 * losses.
 */
typedef struct _EklParticleLosses EklParticleLosses;

EklParticleLosses *ekl_particle_losses_new     (void);
void               ekl_particle_losses_free    (EklParticleLosses  *self);
gboolean           ekl_particle_losses_refresh (EklParticleLosses  *self,
                                                EklForward         *forward,
                                                const EklEnsemble  *ensemble,
                                                const EklBatch     *batch,
                                                EklLoss             loss,
                                                guint64             step,
                                                double              flops);
void               ekl_particle_losses_forget  (EklParticleLosses  *self);
guint              ekl_particle_losses_get_size (const EklParticleLosses *self);
const float       *ekl_particle_losses_get     (const EklParticleLosses *self);
void               ekl_particle_losses_note    (EklParticleLosses  *self);
guint              ekl_particle_losses_get_history (const EklParticleLosses *self,
                                                guint               particle,
                                                guint64           **steps,
                                                float             **losses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklParticleLosses, ekl_particle_losses_free)

G_END_DECLS
