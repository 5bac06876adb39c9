/* bench_cases.h - the pieces of work that the command bench times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network.h"

G_BEGIN_DECLS

typedef enum {
  EKL_BENCH_STEP,  /* one step of the Kalman form [9], with perturbed observations */
  EKL_BENCH_EPOCH, /* gradient descent once through all rows, in batches */
} EklBenchKind;

typedef struct {
  const char *name;
  const char *help;
  EklBenchKind kind;
  guint n_width;
  guint width[5]; /* layers */
  EklOutput output;
  guint n_data;        /* rows */
  guint ensemble_size; /* STEP: J */
  guint batch_size;    /* EPOCH: beta */
} EklBenchCase;

typedef struct _EklBenchWork EklBenchWork;

const EklBenchCase *ekl_bench_cases_list     (guint               *n);
const EklBenchCase *ekl_bench_cases_find     (const char          *name);
char               *ekl_bench_cases_to_text  (void);

EklBenchWork       *ekl_bench_work_new       (const EklBenchCase  *bench_case,
                                              guint                n_threads,
                                              GError             **error);
void                ekl_bench_work_free      (EklBenchWork        *self);
gboolean            ekl_bench_work_run       (EklBenchWork        *self);
double              ekl_bench_work_get_flops (const EklBenchWork  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklBenchWork, ekl_bench_work_free)

G_END_DECLS
