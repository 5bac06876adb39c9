/* run_start.c - where a run begins: the particles and gradient descent's first point
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "npy.h"
#include "setting_text.h"

#include <math.h>
#include <string.h>

#define PATH_CAPACITY 256
#define PATH_BYTES    (32 << 20) /* of one method */

static gboolean
set_start_error (GError **error, const char *text)
{
  g_set_error_literal (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE, text);
  return FALSE;
}

static gboolean
check_finite (const char *setting, const EklArray *array, gsize width, GError **error)
{
  const gsize n = ekl_array_get_n_values (array);
  g_autofree char *text = NULL;
  gsize i = 0;

  while (i < n && isfinite ((real) array->values[i]))
    i++;
  if (i == n)
    return TRUE;
  text = g_strdup_printf ("%s: the value in row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                          " is not a number that can be computed with",
                          setting, i / width + 1, i % width + 1);
  return set_start_error (error, text);
}

/* "(5, 241)" */
static char *
shape_to_text (const EklArray *array)
{
  g_autoptr (GString) text = g_string_new ("(");

  for (guint k = 0; k < array->n_dimensions; k++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, k > 0 ? ", " : "", array->shape[k]);
  g_string_append_c (text, ')');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The particles of "initial-ensemble"; the experiment's J becomes the file's. */
static EklEnsemble *
read_ensemble (EklRun *self, const char *path, GError **error)
{
  const gsize n_parameters = self->network.n_parameters;
  g_autoptr (EklArray) array = ekl_npy_read (path, error);
  g_autofree char *shape = NULL;
  EklEnsemble *ensemble;

  if (array == NULL) {
    g_prefix_error_literal (error, "initial-ensemble: ");
    return NULL;
  }
  if (array->n_dimensions != 2 || array->shape[1] != n_parameters || array->shape[0] < 2 ||
      array->shape[0] > 100000) {
    shape = shape_to_text (array);
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "initial-ensemble: %s has the shape %s, but this network has %" G_GSIZE_FORMAT
                 " parameters, so the shape must be (J, %" G_GSIZE_FORMAT
                 ") with J from 2 to 100000",
                 path, shape, n_parameters, n_parameters);
    return NULL;
  }
  if (!check_finite ("initial-ensemble", array, n_parameters, error))
    return NULL;
  g_object_set (self->experiment, "ensemble-size", (guint) array->shape[0], NULL);
  ensemble = ekl_ensemble_new (&self->network, (guint) array->shape[0], error);
  if (ensemble != NULL)
    ekl_ensemble_set_rows (ensemble, array->values);
  return ensemble;
}

/* The particles of the start: from a file, else from the prior [20]. */
static EklEnsemble *
make_ensemble (EklRun *self, GError **error)
{
  const char *path = ekl_experiment_get_string (self->experiment, "initial-ensemble");
  const guint size = ekl_experiment_get_uint (self->experiment, "ensemble-size");
  EklEnsemble *ensemble;

  if (*path != '\0')
    return read_ensemble (self, path, error);
  ensemble = ekl_ensemble_new (&self->network, size, error);
  if (ensemble != NULL)
    ekl_prior_fill (&self->inversion_settings.prior, self->inversion_settings.seed, 0, ensemble);
  return ensemble;
}

static gboolean
read_parameters (EklRun *self, const char *path, real *u, GError **error)
{
  const gsize n_parameters = self->network.n_parameters;
  g_autoptr (EklArray) array = ekl_npy_read (path, error);
  g_autofree char *shape = NULL;

  if (array == NULL) {
    g_prefix_error_literal (error, "initial-parameters: ");
    return FALSE;
  }
  if (ekl_array_get_n_values (array) != n_parameters || array->n_dimensions > 2 ||
      (array->n_dimensions == 2 && array->shape[0] != 1)) {
    shape = shape_to_text (array);
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "initial-parameters: %s has the shape %s, but this network has %" G_GSIZE_FORMAT
                 " parameters, so the shape must be (%" G_GSIZE_FORMAT ")",
                 path, shape, n_parameters, n_parameters);
    return FALSE;
  }
  if (!check_finite ("initial-parameters", array, n_parameters, error))
    return FALSE;
  for (gsize i = 0; i < n_parameters; i++)
    u[i] = (real) array->values[i];
  return TRUE;
}

/* Where gradient descent starts. @ensemble: the particles of the start; NULL where nothing else
 * needs them, so that only the one that counts is drawn. */
static gboolean
find_descent_start (EklRun *self, const EklEnsemble *ensemble, real *u, GError **error)
{
  const char *path = ekl_experiment_get_string (self->experiment, "initial-parameters");
  const guint size = ekl_experiment_get_uint (self->experiment, "ensemble-size");
  guint particle;

  if (*path != '\0')
    return read_parameters (self, path, u, error);
  if (!ekl_start_parse (ekl_experiment_get_string (self->experiment, "start"), &particle, error))
    return FALSE;
  if (particle > size) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "start is particle:%u, but the ensemble has only %u particles", particle, size);
    return FALSE;
  }
  if (particle == 0)
    ekl_ensemble_get_mean (ensemble, u);
  else if (ensemble != NULL)
    ekl_ensemble_get_particle (ensemble, particle - 1, u);
  else
    ekl_prior_draw (&self->inversion_settings.prior, &self->network, self->inversion_settings.seed,
                    particle - 1, u);
  return TRUE;
}

/* Gradient descent alone from one particle of the prior has no use for the others. */
static gboolean
needs_ensemble (EklRun *self)
{
  EklExperiment *experiment = self->experiment;

  return ekl_experiment_has_method (experiment, EKL_METHOD_EKI) ||
         ekl_run_has_moved_points (self) ||
         *ekl_experiment_get_string (experiment, "initial-ensemble") != '\0' ||
         g_str_equal (ekl_experiment_get_string (experiment, "start"), "mean");
}

static void
start_path (EklRun *self, EklMethod method, const real *u)
{
  const gsize bytes = self->network.n_parameters * sizeof (real);
  const guint capacity = (guint) CLAMP (PATH_BYTES / bytes, 2, PATH_CAPACITY);

  ekl_parameter_path_free (self->path[method]);
  self->path[method] = ekl_parameter_path_new (self->network.n_parameters, capacity);
  ekl_parameter_path_append (self->path[method], 0, u);
}

static void
start_record (EklRun *self)
{
  memset (&self->record, 0, sizeof self->record);
  self->time_is_up = FALSE;
  for (guint k = 0; k < EKL_N_METHODS; k++) {
    EklMethodRecord *record = &self->record.method[k];

    record->present = ekl_run_get_parameters (self, k) != NULL;
    record->particle_mean = record->particle_best = record->particle_low = NAN;
    record->particle_median = record->particle_high = NAN;
    record->mean_output_loss = NAN;
    record->spread = NAN;
  }
  if (self->inversion != NULL)
    self->record.method[EKL_METHOD_EKI].spread =
      ekl_ensemble_get_spread (ekl_inversion_get_ensemble (self->inversion));
  ekl_run_forget_losses (self);
  ekl_run_compute_losses (self);
}

static void
adopt_methods (EklRun *self, EklInversion *inversion, EklDescent *descent)
{
  ekl_inversion_free (self->inversion);
  ekl_descent_free (self->descent);
  self->inversion = inversion;
  self->descent = descent;
  if (inversion != NULL) {
    ekl_inversion_set_cancel (inversion, self->cancel);
    ekl_ensemble_get_mean (ekl_inversion_get_ensemble (inversion), self->mean);
    start_path (self, EKL_METHOD_EKI, self->mean);
  }
  if (descent != NULL)
    start_path (self, EKL_METHOD_GD, ekl_descent_get_parameters (descent));
}

/*
 * ekl_run_make_start:
 *
 * Both methods at step 0, from the run's settings. Until the first step it may be called again when
 * the prior or J has changed; on failure the start before stands.
 */
gboolean
ekl_run_make_start (EklRun *self, GError **error)
{
  const gboolean has_descent = ekl_experiment_has_method (self->experiment, EKL_METHOD_GD);
  const guint max_data = ekl_batches_get_size (self->batches);
  const guint all_data =
    self->labels != NULL ? ekl_dataset_get_training (self->dataset)->n_data : max_data;
  g_autoptr (EklEnsemble) ensemble = NULL;
  g_autoptr (EklInversion) inversion = NULL;
  g_autoptr (EklDescent) descent = NULL;
  g_autofree real *u = g_new (real, self->network.n_parameters);

  if (needs_ensemble (self) && ((ensemble = make_ensemble (self, error)) == NULL ||
                                !ekl_run_place_points (self, ensemble, NULL, error)))
    return FALSE;
  if (has_descent &&
      (!find_descent_start (self, ensemble, u, error) ||
       !ekl_run_place_points (self, NULL, u, error) ||
       (descent = ekl_descent_new (&self->network, u, all_data, self->n_threads, error)) == NULL))
    return FALSE;
  if (ekl_experiment_has_method (self->experiment, EKL_METHOD_EKI) &&
      (inversion = ekl_inversion_new (ensemble, max_data, self->n_threads, error)) == NULL)
    return FALSE;

  if (!ekl_run_use_graph (self, inversion, descent, error))
    return FALSE;
  adopt_methods (self, g_steal_pointer (&inversion), g_steal_pointer (&descent));
  start_record (self);
  ekl_run_restart_look (self);
  ekl_run_forget_tale (self);
  ekl_run_forget_past (self);
  ekl_run_reset_pictures (self);
  return TRUE;
}
