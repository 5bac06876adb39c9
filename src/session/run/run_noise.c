/* run_noise.c - the covariance of the observation noise, where it is more than one number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "npy.h"
#include "setting_text.h"

/* Gamma_m of "noise-covariance". */
static EklNoiseCovariance *
read_covariance (const EklRun *self, const char *path, GError **error)
{
  const guint m = self->training->n_outputs;
  g_autoptr (EklArray) array = ekl_npy_read (path, error);
  EklNoiseCovariance *noise;

  if (array == NULL) {
    g_prefix_error_literal (error, "noise-covariance: ");
    return NULL;
  }
  if (array->n_dimensions != 2 || array->shape[0] != m || array->shape[1] != m) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "noise-covariance: %s must have the shape (%u, %u), as the data have %u %s", path,
                 m, m, m, m == 1 ? "output" : "outputs");
    return NULL;
  }
  noise = ekl_noise_covariance_new_full (m, array->values, error);
  if (noise == NULL)
    g_prefix_error (error, "noise-covariance: %s: ", path);
  return noise;
}

static EklNoiseCovariance *
make_diagonal (const EklRun *self, const char *text, GError **error)
{
  g_autofree double *std = NULL;
  guint n;
  EklNoiseCovariance *noise;

  if (!ekl_numbers_parse (text, &std, &n, error))
    return NULL;
  noise = ekl_noise_covariance_new_diagonal (self->training->n_outputs, std, n, error);
  if (noise == NULL)
    g_prefix_error_literal (error, "noise-std: ");
  return noise;
}

/*
 * ekl_run_read_noise:
 *
 * Gamma from "noise-covariance", else from the list of "noise-std"; without either, gamma is the
 * one number. On failure the former one stands.
 */
gboolean
ekl_run_read_noise (EklRun *self, GError **error)
{
  const char *path = ekl_experiment_get_string (self->experiment, "noise-covariance");
  const char *list = ekl_experiment_get_string (self->experiment, "noise-std-list");
  EklNoiseCovariance *noise = NULL;

  if (*path != '\0')
    noise = read_covariance (self, path, error);
  else if (*list != '\0')
    noise = make_diagonal (self, list, error);
  if (noise == NULL && (*path != '\0' || *list != '\0'))
    return FALSE;

  ekl_noise_covariance_unref (self->noise);
  self->noise = noise;
  self->inversion_settings.noise = noise;
  return TRUE;
}
