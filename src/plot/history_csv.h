/* history_csv.h - records as rows of a CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history.h"
#include "selection.h"

G_BEGIN_DECLS

#define EKL_HISTORY_CSV_HEAD                                                                       \
  "step,epoch,method,train_loss,validation_loss,metric,h,time,model_runs,seconds,spread"
/* what a file of all series has beyond that */
#define EKL_HISTORY_CSV_MORE                                                                       \
  ",particle_best,particle_p10,particle_median,particle_p90,particle_mean,mean_output_loss,"       \
  "repaired,diverged,effective_rank,span_share,cosine_gradient,cosine_preconditioned,changed"
/* and behind the names of methods in rows of the run before */
#define EKL_HISTORY_CSV_FORMER "_before"

void  ekl_csv_number         (GString          *text,
                              double            value);
void  ekl_csv_text           (GString          *text,
                              const char       *value);
void  ekl_history_csv_row    (GString          *text,
                              const EklRecord  *record,
                              EklMethod         method);
char *ekl_history_to_csv     (const EklHistory *history,
                              const EklSelection *selection,
                              const EklHistory *former,
                              const char       *former_name);
const char *ekl_method_get_name (EklMethod      method);

G_END_DECLS
