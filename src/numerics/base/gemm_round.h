/* gemm_round.h - matrix products on all cores: the measure of how fast a machine can be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EKL_GEMM_ORDER 1000

typedef struct _EklGemmRound EklGemmRound;

EklGemmRound *ekl_gemm_round_new       (guint                n_threads,
                                        GError             **error);
void          ekl_gemm_round_free      (EklGemmRound        *self);
void          ekl_gemm_round_run       (EklGemmRound        *self);
double        ekl_gemm_round_get_flops (const EklGemmRound  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklGemmRound, ekl_gemm_round_free)

G_END_DECLS
