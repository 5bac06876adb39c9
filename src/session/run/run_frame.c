/* run_frame.c - what the pictures show of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#define SAMPLE_ROWS 512 /* the pictures' losses are taken on so many training rows at most */
/* For the predictions of a frame, about two milliseconds; what would take more is thinned or left out. Steps
 * and frames share the processors with the window: with more than this, a thousand particles came
 * close to thirty frames a second, and now it is forty. */
#define PICTURE_FLOPS   5e7
#define CLASSES_FLOPS   2e8 /* each method's answers are few beside the particles' */
#define LEAST_ROWS      1000
#define LEAST_PARTICLES 20 /* whose answers the predictions show */
#define MOST_PARTICLES  500

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

/* Everything that is seen starts anew at the run's start. */
void
ekl_run_reset_pictures (EklRun *self)
{
  if (self->sample == NULL)
    self->sample = make_sample (self->training);
  ekl_run_reset_plane (self);
}

void
ekl_run_free_pictures (EklRun *self)
{
  ekl_run_free_plane (self);
  free_sample (self->sample);
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
    .ensemble = ekl_run_get_seen_ensemble (self),
    .descent = ekl_run_get_seen_descent (self),
    .selected = self->selected,
    .n_selected = ekl_run_count_selected (self),
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
 * Copies out what the pictures show at this moment, or of the past, see ekl_run_look_back(). The
 * plane is fitted again where that is due, and has what has been computed of the contours so far.
 *
 * Returns: (transfer full): the frame; its run number and speed are the engine's to fill
 */
EklFrame *
ekl_run_make_frame (EklRun *self, EklFrameParts parts)
{
  EklFrame *frame = g_new0 (EklFrame, 1);
  const EklMoment *past = ekl_run_get_past (self);

  frame->is_past = past != NULL;
  frame->past_step = past != NULL ? past->step : 0;
  if ((parts & EKL_FRAME_PLANE) != 0)
    frame->plane = ekl_run_make_plane (self);
  frame->selection = ekl_run_make_selection (self, frame->plane == NULL);
  if ((parts & EKL_FRAME_PREDICTIONS) != 0)
    frame->predictions = make_predictions (self);
  if ((parts & EKL_FRAME_ENSEMBLE) != 0)
    frame->ensemble = ekl_run_make_ensemble (self, &frame->advice);
  frame->record = self->record;
  if ((parts & EKL_FRAME_STORY) != 0)
    frame->story = ekl_run_make_story (self);
  return frame;
}
