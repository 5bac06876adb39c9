/* inversions.c - an inversion with plain settings, and what it holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/inversions.h"

EklInversion *
test_inversion_new (const EklEnsemble *start, guint max_data, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  EklInversion *inversion = ekl_inversion_new (start, max_data, n_threads, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inversion);
  return inversion;
}

/* From a random ensemble. */
EklInversion *
test_inversion_of (const TestProblem *problem, guint size, double scale, guint32 seed)
{
  g_autoptr (EklEnsemble) start = test_random_ensemble (&problem->network, size, scale, seed);

  return test_inversion_new (start, problem->batch.n_data, 1);
}

/* The particles, (J, P). */
double *
test_inversion_rows (const EklInversion *inversion)
{
  return test_ensemble_rows (ekl_inversion_get_ensemble (inversion));
}

/* Full-batch steps, each of which must be taken. */
void
test_inversion_run (EklInversion *inversion,
                    const EklInversionSettings *settings,
                    const EklBatch *batch,
                    guint n_steps)
{
  for (guint n = 0; n < n_steps; n++)
    g_assert_true (ekl_inversion_step (inversion, settings, batch, batch->n_data));
}
