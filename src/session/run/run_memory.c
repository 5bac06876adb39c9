/* run_memory.c - how much memory a run needs, before it is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "batches.h"
#include "cpu.h"
#include "setting_text.h"

#include <unistd.h>

/* What the window looks at: the start's particles and the products of its anomalies, a copy of the
 * particles of one step, and the anomalies of one look. */
static double
look_bytes (guint size, gsize n_parameters)
{
  const double j = size, p = (double) n_parameters;

  return ekl_subspace_is_small (size, n_parameters) ? 3 * j * p * sizeof (real) + 3 * j * j * 8 : 0;
}

static double
inversion_bytes (EklExperiment *experiment,
                 EklDataset *dataset,
                 const EklNetwork *network,
                 guint batch_size)
{
  const guint size = ekl_experiment_get_uint (experiment, "ensemble-size");
  const guint rows = ekl_dataset_get_training (dataset)->n_data;
  const gsize n_edges = (gsize) rows * ekl_experiment_get_uint (experiment, "graph-neighbours");
  EklInversionSettings settings = { 0 };

  ekl_experiment_get_inversion_settings (experiment, ekl_dataset_get_task (dataset), &settings);
  return ekl_inversion_count_bytes (
           network, &settings, size, batch_size, n_edges, rows,
           ekl_cpu_threads (ekl_experiment_get_uint (experiment, "threads"))) +
         look_bytes (size, network->n_parameters);
}

static double
descent_bytes (double p, double width, double n)
{
  /* parameters, gradient, two moments; activations of the forward and the reverse pass */
  return 5 * p * sizeof (real) + 2 * width * n * sizeof (real);
}

/**
 * ekl_run_estimate_bytes:
 *
 * Returns: about how much memory a run of the experiment on the dataset will take beside the
 * dataset; 0 where the experiment makes no network
 */
guint64
ekl_run_estimate_bytes (EklExperiment *experiment, EklDataset *dataset)
{
  const EklBatch *training = ekl_dataset_get_training (dataset);
  const EklBatch *validation = ekl_dataset_get_validation (dataset);
  const double rows = MAX (training->n_data, validation != NULL ? validation->n_data : 0);
  const guint batch_size = ekl_experiment_get_batch_size (experiment);
  double batch = training->n_data, bytes = 0, p, width = 0;
  EklNetwork network;

  if (!ekl_experiment_get_network (experiment, dataset, &network, NULL))
    return 0;
  p = (double) network.n_parameters;
  for (guint l = 0; l <= network.n_layers; l++)
    width += network.width[l];
  if (batch_size > 0 && batch_size < batch) {
    bytes += ekl_batches_get_copy_bytes (training);
    batch = batch_size;
    bytes += batch * (training->n_inputs + training->n_outputs) * sizeof (real);
  }
  bytes += rows * training->n_outputs * sizeof (real);
  bytes += 2 * MIN (256 * p * sizeof (real), 32 << 20);
  if (ekl_experiment_has_method (experiment, EKL_METHOD_EKI))
    bytes += inversion_bytes (experiment, dataset, &network, (guint) batch);
  if (ekl_experiment_has_method (experiment, EKL_METHOD_GD))
    bytes += descent_bytes (p, width, batch);
  return bytes < 1.8e19 ? (guint64) bytes : G_MAXUINT64;
}

static guint64
physical_bytes (void)
{
  const long pages = sysconf (_SC_PHYS_PAGES), page = sysconf (_SC_PAGESIZE);

  return pages > 0 && page > 0 ? (guint64) pages * (guint64) page : G_MAXUINT64;
}

/*
 * ekl_run_check_memory:
 *
 * Returns: %FALSE with %EKL_SESSION_ERROR_MEMORY where the run needs more than this machine has
 */
gboolean
ekl_run_check_memory (EklExperiment *experiment, EklDataset *dataset, GError **error)
{
  const guint64 needed = ekl_run_estimate_bytes (experiment, dataset);
  const guint64 available = physical_bytes ();
  g_autofree char *needed_text = NULL;
  g_autofree char *available_text = NULL;

  if (needed <= available)
    return TRUE;
  needed_text = g_format_size_full (needed, G_FORMAT_SIZE_LONG_FORMAT);
  available_text = g_format_size (available);
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_MEMORY,
               "this run would need %s of memory, but this machine has %s; use fewer particles "
               "(ensemble-size), narrower layers or a smaller batch-size",
               needed_text, available_text);
  return FALSE;
}
