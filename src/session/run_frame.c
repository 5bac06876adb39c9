/* run_frame.c - what the pictures show of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include <math.h>

#define SAMPLE_ROWS 512 /* the pictures' losses are taken on so many training rows at most */
/* For one part of a frame, about two milliseconds; what would take more is thinned or left out. Steps
 * and frames share the processors with the window: with more than this, a thousand particles came
 * close to thirty frames a second, and now it is forty. */
#define PICTURE_FLOPS   5e7
#define CLASSES_FLOPS   2e8 /* each method's answers are few beside the particles' */
#define LEAST_ROWS      1000
#define LEAST_PARTICLES 20 /* whose answers the predictions show */
#define MOST_PARTICLES  500
#define PARTICLE_LOT    64 /* particles whose outputs are held at a time */

/* Training rows, evenly thinned: (n_features, count) of (n_features, n). */
static real *
thin (const real *from, guint n_features, guint n, guint count)
{
  real *to = g_new (real, (gsize) n_features * count);

  for (guint f = 0; f < n_features; f++)
    for (guint i = 0; i < count; i++)
      to[(gsize) f * count + i] = from[(gsize) f * n + (guint) ((guint64) i * n / count)];
  return to;
}

static EklBatch *
make_sample (const EklBatch *all)
{
  const guint count = MIN (all->n_data, SAMPLE_ROWS);
  EklBatch *sample = g_memdup2 (all, sizeof *all);

  sample->n_data = count;
  sample->x = thin (all->x, all->n_inputs, all->n_data, count);
  sample->y = thin (all->y, all->n_outputs, all->n_data, count);
  return sample;
}

static void
free_sample (EklBatch *sample)
{
  if (sample == NULL)
    return;
  g_free ((gpointer) sample->x);
  g_free ((gpointer) sample->y);
  g_free (sample);
}

/* The plane starts anew at the run's start. */
void
ekl_run_reset_pictures (EklRun *self)
{
  const EklMethod method = self->inversion != NULL ? EKL_METHOD_EKI : EKL_METHOD_GD;

  ekl_plane_fit_free (self->plane_fit);
  ekl_contours_free (self->contours);
  self->plane_fit = ekl_plane_fit_new (&self->network, ekl_run_get_parameters (self, method),
                                       self->inversion_settings.seed);
  self->contours = ekl_contours_new ();
  ekl_run_set_plane_basis (self, self->plane_basis);
  if (self->sample == NULL)
    self->sample = make_sample (self->training);
}

void
ekl_run_free_pictures (EklRun *self)
{
  ekl_plane_fit_free (self->plane_fit);
  ekl_contours_free (self->contours);
  free_sample (self->sample);
}

/**
 * ekl_run_set_plane_basis:
 *
 * What spans the parameter plane from the next frame; two parameters are the first two.
 */
void
ekl_run_set_plane_basis (EklRun *self, EklPlaneBasis basis)
{
  self->plane_basis = basis;
  ekl_plane_fit_set_basis (self->plane_fit, basis, 0, 1);
}

/**
 * ekl_run_set_predictions:
 * @request: what the predictions of the next frames show
 */
void
ekl_run_set_predictions (EklRun *self, const EklPredictionsRequest *request)
{
  self->predictions = *request;
}

/* Of the picture's contours and markers: what gradient descent minimises, else EKI's. */
static EklLoss
get_plane_loss (const EklRun *self)
{
  return self->descent != NULL ? self->descent_settings.loss : EKL_LOSS_SQUARED;
}

/* The particles' own losses on the sample, in the contours' scale; NULL where that would take long.
 */
static float *
particle_losses (EklRun *self, const EklEnsemble *ensemble)
{
  const EklLoss loss = get_plane_loss (self);
  const EklForwardKind kind = ekl_loss_forward_kind (loss);
  const guint size = ekl_ensemble_get_size (ensemble);
  const gsize stride = (gsize) self->sample->n_outputs * self->sample->n_data;
  g_autofree real *g = NULL;
  float *losses;

  if (2.0 * self->network.n_parameters * size * self->sample->n_data > PICTURE_FLOPS)
    return NULL;
  g = g_new (real, PARTICLE_LOT * stride);
  losses = g_new (float, size);
  for (guint first = 0; first < size; first += PARTICLE_LOT) {
    const guint count = MIN (PARTICLE_LOT, size - first);

    ekl_forward_ensemble (self->forward, ensemble, first, count, self->sample, kind, g);
    for (guint k = 0; k < count; k++)
      losses[first + k] = (float) ekl_loss (loss, self->sample, g + k * stride);
  }
  return losses;
}

static EklPlane *
make_plane (EklRun *self)
{
  const EklEnsemble *ensemble = ekl_run_get_ensemble (self);
  const EklParameterPath *mean_path = self->path[EKL_METHOD_EKI];
  const EklParameterPath *descent_path = self->path[EKL_METHOD_GD];
  const EklField *field;
  EklPlaneBox box;
  EklPlane *plane;

  ekl_plane_fit_update (self->plane_fit, mean_path, descent_path);
  plane = ekl_plane_fit_view (self->plane_fit, ensemble, mean_path, descent_path);
  if (ensemble != NULL)
    plane->particle_loss = particle_losses (self, ensemble);
  ekl_plane_extent (plane, 0, &box.x0, &box.x1, &box.y0, &box.y1);
  ekl_contours_set_view (self->contours, plane->basis_version, box);
  field = ekl_contours_get_field (self->contours);
  if (field != NULL)
    plane->loss = ekl_field_copy (field);
  return plane;
}

/* Gamma of an output, in the units of training; 0 where it is not one number. */
static double
get_noise_std (const EklRun *self)
{
  return self->inversion != NULL && self->noise == NULL ? self->inversion_settings.noise_std : 0;
}

static gboolean
shows_pictures (const EklPredictionsSource *source)
{
  return source->picture_width > 0 && (source->view == EKL_PREDICTIONS_VIEW_AUTO ||
                                       source->view == EKL_PREDICTIONS_VIEW_PICTURES);
}

static EklPredictions *
make_predictions (EklRun *self)
{
  const EklPredictionsRequest *request = &self->predictions;
  const double flops = 2.0 * self->network.n_parameters;
  EklPredictionsSource source = {
    .training = self->training,
    .validation = self->validation,
    .input_unit = ekl_dataset_get_input_units (self->dataset),
    .output_unit = ekl_dataset_get_output_units (self->dataset),
    .output_index = MIN (request->output_index, self->training->n_outputs - 1),
    .ensemble = ekl_run_get_ensemble (self),
    .descent = ekl_run_get_descent (self),
    .view = request->view,
    .noise_std = get_noise_std (self),
    .classes = self->task == EKL_TASK_CLASSIFICATION,
    .first_picture = request->first_picture,
    .n_pictures = request->n_pictures > 0 ? request->n_pictures : EKL_PREDICTIONS_PICTURES_PER_PAGE,
    .max_rows = (guint) CLAMP (CLASSES_FLOPS / flops, LEAST_ROWS, G_MAXINT),
  };
  g_autoptr (GError) error = NULL;
  EklPredictions *predictions;
  double rows, particles;

  ekl_dataset_get_picture_size (self->dataset, &source.picture_width, &source.picture_height);
  rows = shows_pictures (&source) ? source.n_pictures : self->training->n_data;
  particles = CLAMP (PICTURE_FLOPS / (flops * rows), LEAST_PARTICLES, MOST_PARTICLES);
  predictions = ekl_predictions_new (&source, self->forward, (guint) particles, &error);

  if (predictions == NULL)
    g_message ("no predictions are shown: %s", error->message);
  return predictions;
}

/**
 * ekl_run_make_frame:
 * @parts: what is to be copied beside the newest record
 *
 * Copies out what the pictures show at this moment. The plane is fitted again where that is due,
 * and has what has been computed of the contours so far.
 *
 * Returns: (transfer full): the frame; its run number and speed are the engine's to fill
 */
EklFrame *
ekl_run_make_frame (EklRun *self, EklFrameParts parts)
{
  EklFrame *frame = g_new0 (EklFrame, 1);

  frame->record = self->record;
  if ((parts & EKL_FRAME_PLANE) != 0)
    frame->plane = make_plane (self);
  if ((parts & EKL_FRAME_PREDICTIONS) != 0)
    frame->predictions = make_predictions (self);
  if ((parts & EKL_FRAME_ENSEMBLE) != 0)
    frame->ensemble = ekl_run_make_ensemble (self, &frame->advice);
  return frame;
}

/**
 * ekl_run_refine_contours:
 *
 * A few milliseconds of work on the contours of the newest frame that had a plane.
 *
 * Returns: whether something is left to refine
 */
gboolean
ekl_run_refine_contours (EklRun *self)
{
  return ekl_contours_refine (self->contours, self->plane_fit, self->sample, get_plane_loss (self),
                              self->descent_settings.l2, self->n_threads);
}

/**
 * ekl_run_get_contours_version:
 *
 * Returns: a number that grows when a frame made now would show other contours than one before
 */
guint
ekl_run_get_contours_version (const EklRun *self)
{
  return ekl_contours_get_version (self->contours);
}
