/* sample.c - made-up runs that look like real ones, for the tests of the figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample.h"

#include <math.h>

double
sample_uniform (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;

  return (*state >> 8) / 16777216.0;
}

double
sample_normal (guint32 *state)
{
  double sum = 0;

  for (int i = 0; i < 12; i++)
    sum += sample_uniform (state);

  return sum - 6;
}

static void
fill_eki (EklMethodRecord *eki, guint step, double scale, guint32 *state)
{
  double decay = exp (-4.0 * step / scale);
  double band = 1.6 * decay + 0.05;

  *eki = (EklMethodRecord){ .present = TRUE, .step_size = 0.5 / (1 + 4 * decay) };
  eki->train_loss = 0.09 + 0.95 * decay + 0.004 * sample_normal (state);
  eki->validation_loss = eki->train_loss * 1.18 + 0.01;
  eki->time = 0.4 * step;
  eki->model_runs = 100.0 * step;
  eki->seconds = 0.005 * step;
  eki->spread = 0.9 * exp (-3.0 * step / scale) + 0.02;
  eki->particle_low = eki->train_loss * 0.93 + 0.1 * decay;
  eki->particle_median = eki->train_loss * 1.05 + 0.3 * decay;
  eki->particle_high = eki->train_loss * 1.15 + band;
  eki->particle_best = eki->particle_low * 0.92;
  eki->particle_mean = eki->particle_median * 1.1;
  eki->mean_output_loss = eki->train_loss * 0.8;
  eki->repaired = step > scale / 3 ? 2 : step > scale / 5 ? 1 : 0;
}

static void
fill_gd (EklMethodRecord *gd, guint step, double scale, guint diverges_at, guint32 *state)
{
  *gd = (EklMethodRecord){ .present = TRUE, .step_size = 0.1 };
  gd->train_loss = 0.13 + 0.91 * exp (-2.2 * step / scale) + 0.012 * sample_normal (state);
  gd->validation_loss = gd->train_loss * 1.12 + 0.02;
  gd->time = 0.1 * step;
  gd->model_runs = 3.0 * step;
  gd->seconds = 0.001 * step;
  if (diverges_at > 0 && step >= diverges_at) {
    gd->diverged = TRUE;
    gd->train_loss = gd->validation_loss = NAN;
  } else if (diverges_at > 0 && step + 8 > diverges_at) {
    gd->train_loss *= pow (6, step + 8 - diverges_at);
    gd->validation_loss *= pow (6, step + 8 - diverges_at);
  }
}

EklHistory *
sample_history (guint n_steps, guint diverges_at)
{
  EklHistory *history = ekl_history_new ();
  guint32 state = 12345;
  double scale = MAX (n_steps, 1);

  for (guint step = 0; step <= n_steps; step++) {
    EklRecord record = { .step = step, .epoch = step / 40.0 };

    fill_eki (&record.method[EKL_METHOD_EKI], step, scale, &state);
    fill_gd (&record.method[EKL_METHOD_GD], step, scale, diverges_at, &state);
    if (step == 0) {
      EklMethodRecord *eki = &record.method[EKL_METHOD_EKI];

      eki->particle_low = eki->particle_high = eki->particle_best = NAN;
      eki->train_loss = record.method[EKL_METHOD_GD].train_loss = 1.04;
    }
    if (step % 7 == 1)
      record.ensemble =
        (EklEnsembleNumbers){ TRUE, 2 + 20 * exp (-1.0 * step / scale),
                              0.3 + 0.4 * exp (-3.0 * step / scale), 0.3 * sin (step / scale * 9),
                              0.9 - 0.2 * sample_uniform (&state) };
    if (step % 5 != 0 && n_steps > 400)
      record.method[EKL_METHOD_GD].validation_loss = NAN;
    ekl_history_append (history, &record, 1);
  }

  if (n_steps > 50) {
    ekl_history_add_event (
      history, &(EklEvent){ n_steps / 4, (char *) "Γ", (char *) "0.3", (char *) "0.1" });
    ekl_history_add_event (history, &(EklEvent){ n_steps / 2, (char *) "Ensemble size",
                                                 (char *) "100", (char *) "200" });
  }

  return history;
}

static EklSpectrum *
make_spectrum (guint n, double decay)
{
  EklSpectrum *spectrum = g_new0 (EklSpectrum, 1);

  spectrum->n_values = n;
  spectrum->value = g_new (double, n);
  for (guint i = 0; i < n; i++)
    spectrum->value[i] = 3 * exp (-decay * i / n);
  spectrum->effective_rank = n / (1 + decay);
  return spectrum;
}

EklEnsembleView *
sample_ensemble (guint size)
{
  EklEnsembleView *view = g_new0 (EklEnsembleView, 1);

  view->step = 120;
  view->size = size;
  view->n_parameters = 241;
  view->start = make_spectrum (size - 1, 1);
  view->now = make_spectrum (size - 1, 5);
  view->span_rank = size - 1;
  view->sentence = g_strdup_printf ("%u particles spread over about 9 directions of 241; their "
                                    "spread is 12 %% of the start’s.",
                                    size);
  return view;
}

static double
bowl (double x, double y)
{
  double u = x + 0.35 * y, v = y - 0.25 * x - 0.18 * x * x;

  return 0.07 + 0.16 * u * u + 0.75 * v * v + 0.12 * (1 - cos (1.9 * u)) + 0.05 * sin (2 * v) * u;
}

EklPlane *
sample_plane (guint n_particles, guint n_path, guint grid)
{
  EklPlane *plane = g_new0 (EklPlane, 1);
  guint32 state = 99;

  plane->n_particles = n_particles;
  plane->particle = g_new0 (EklPoint, n_particles + 1);
  plane->particle_distance = g_new0 (float, n_particles + 1);
  plane->mean = (EklPoint){ 0.35, 0.15 };
  for (guint j = 0; j < n_particles; j++) {
    double a = sample_normal (&state), b = sample_normal (&state);

    plane->particle[j] =
      (EklPoint){ plane->mean.x + 0.42 * a, plane->mean.y + 0.2 * a * 0.5 + 0.24 * b };
    plane->particle_distance[j] = (float) (2 + 1.5 * sample_uniform (&state));
  }
  plane->particle_loss = g_new0 (float, n_particles + 1);
  for (guint j = 0; j < n_particles; j++)
    plane->particle_loss[j] = (float) (0.1 + 1.5 * sample_uniform (&state));
  plane->covariance[0] = 0.42 * 0.42;
  plane->covariance[1] = 0.042;
  plane->covariance[2] = 0.01 + 0.24 * 0.24;

  plane->n_mean_path = plane->n_descent_path = n_path;
  plane->mean_path = g_new0 (EklPoint, n_path + 1);
  plane->descent_path = g_new0 (EklPoint, n_path + 1);
  plane->mean_path_step = g_new0 (guint64, n_path + 1);
  plane->descent_path_step = g_new0 (guint64, n_path + 1);
  for (guint i = 0; i < n_path; i++) {
    double t = n_path > 1 ? i / (n_path - 1.0) : 0;

    plane->mean_path_step[i] = plane->descent_path_step[i] = i;
    plane->mean_path[i] = (EklPoint){ -2.4 + 2.75 * (1 - exp (-4 * t)) / (1 - exp (-4)),
                                      1.1 - 0.95 * (1 - exp (-6 * t)) / (1 - exp (-6)) };
    plane->descent_path[i] =
      (EklPoint){ -2.4 + 2.2 * t + 0.02 * sample_normal (&state),
                  1.1 - 1.3 * t * (1.6 - 0.6 * t) + 0.12 * exp (-3 * t) * sin (40 * t) };
  }
  plane->turn = 1;
  plane->mean_share = 0.953;
  plane->descent_share = 0.931;
  plane->spread_share = 0.071;

  if (grid > 1) {
    plane->loss = ekl_field_new (grid, grid, -4.5, 4.5, -2.6, 2.6);
    for (guint row = 0; row < grid; row++)
      for (guint column = 0; column < grid; column++)
        plane->loss->value[row * grid + column] =
          bowl (-4.5 + 9.0 * column / (grid - 1), -2.6 + 5.2 * row / (grid - 1));
  }

  return plane;
}

static double *
new_values (guint n)
{
  return g_new0 (double, n + 1);
}

static EklPredictions *
new_predictions (EklPredictionsKind kind, const char *x, const char *y, const char *output)
{
  EklPredictions *self = g_new0 (EklPredictions, 1);

  self->kind = kind;
  self->x_name = g_strdup (x);
  self->y_name = g_strdup (y);
  self->output_name = g_strdup (output);
  self->has_ensemble = self->has_descent = TRUE;

  return self;
}

EklPredictions *
sample_curve (void)
{
  EklPredictions *self = new_predictions (EKL_PREDICTIONS_CURVE, "x", "y", "y");
  guint32 state = 7;

  self->n_data = 60;
  self->n_training = 48;
  self->data_x = new_values (60);
  self->data_y = new_values (60);
  for (guint i = 0; i < 60; i++) {
    double x = -3 + 6 * sample_uniform (&state);

    if (fabs (x - 1) < 0.6)
      x += 1.2;
    self->data_x[i] = x;
    self->data_y[i] = sin (2 * x) + 0.3 * x + 0.12 * sample_normal (&state);
  }

  self->n_points = 200;
  self->n_members = 20;
  self->point_x = new_values (200);
  self->mean_particle = new_values (200);
  self->low = new_values (200);
  self->median = new_values (200);
  self->high = new_values (200);
  self->descent = new_values (200);
  self->member = new_values (20 * 200);
  for (guint i = 0; i < 200; i++) {
    double x = -3.5 + 7 * i / 199.0;
    double doubt = 0.12 + 0.5 * exp (-pow ((x - 1) / 0.5, 2)) + 0.4 * MAX (0, fabs (x) - 2.8);
    double f = sin (2 * x) + 0.3 * x;

    self->point_x[i] = x;
    self->mean_particle[i] = self->median[i] = f + 0.05 * sin (5 * x);
    self->low[i] = f - 1.28 * doubt;
    self->high[i] = f + 1.28 * doubt;
    self->descent[i] = 0.9 * f + 0.15 * cos (1.3 * x);
    for (guint k = 0; k < 20; k++)
      self->member[k * 200 + i] =
        f + doubt * 2 * sin (k * 2.1 + 0.4 * x) * cos (0.7 * k + (0.3 + 0.04 * k) * x);
  }

  return self;
}

EklPredictions *
sample_scatter (guint n_data)
{
  EklPredictions *self = new_predictions (EKL_PREDICTIONS_SCATTER, "true medv [1000 $]",
                                          "predicted medv [1000 $]", "medv");
  guint32 state = 5;

  self->n_data = self->n_points = n_data;
  self->n_training = n_data * 4 / 5;
  self->data_x = new_values (n_data);
  self->mean_particle = new_values (n_data);
  self->low = new_values (n_data);
  self->median = new_values (n_data);
  self->high = new_values (n_data);
  self->descent = new_values (n_data);
  for (guint i = 0; i < n_data; i++) {
    double y = CLAMP (22.5 + 8.5 * sample_normal (&state), 5, 50);

    self->data_x[i] = y;
    self->mean_particle[i] = self->median[i] = 3 + 0.87 * y + 2.4 * sample_normal (&state);
    self->low[i] = self->mean_particle[i] - 2.5 - sample_uniform (&state);
    self->high[i] = self->mean_particle[i] + 2.5 + sample_uniform (&state);
    self->descent[i] = 4.5 + 0.8 * y + 3 * sample_normal (&state);
  }

  return self;
}

EklPredictions *
sample_field (guint grid)
{
  EklPredictions *self = new_predictions (EKL_PREDICTIONS_FIELD, "x1", "x2", "moon");
  guint32 state = 3;

  self->n_data = 240;
  self->n_training = 200;
  self->data_x = new_values (240);
  self->data_y = new_values (240);
  self->data_value = new_values (240);
  for (guint i = 0; i < 240; i++) {
    double a = G_PI * sample_uniform (&state);
    gboolean upper = i % 2 == 0;

    self->data_x[i] = (upper ? cos (a) : 1 - cos (a)) + 0.12 * sample_normal (&state);
    self->data_y[i] = (upper ? sin (a) : 0.5 - sin (a)) + 0.12 * sample_normal (&state);
    self->data_value[i] = upper ? 0 : 1;
  }

  self->mean_field = ekl_field_new (grid, grid, -1.7, 2.7, -1.2, 1.7);
  self->spread_field = ekl_field_copy (self->mean_field);
  self->descent_field = ekl_field_copy (self->mean_field);
  for (guint row = 0; row < grid; row++) {
    for (guint column = 0; column < grid; column++) {
      double x = -1.7 + 4.4 * column / (grid - 1), y = -1.2 + 2.9 * row / (grid - 1);
      double d = 0.25 - y + 0.55 * sin (2.1 * (x - 0.5)), e = 0.25 - y + 0.5 * (x - 0.5);
      guint i = row * grid + column;

      self->mean_field->value[i] = 1 / (1 + exp (-5 * d));
      self->descent_field->value[i] = 1 / (1 + exp (-4 * e));
      self->spread_field->value[i] = 0.75 * exp (-pow (d / (0.14 + 0.16 * fabs (x - 0.5)), 2));
    }
  }

  return self;
}

static EklPredictions *
new_classes (EklPredictionsKind kind, guint n_classes)
{
  EklPredictions *self = g_new0 (EklPredictions, 1);

  self->kind = kind;
  self->has_ensemble = self->has_descent = TRUE;
  self->n_classes = n_classes;
  self->class_name = g_new0 (char *, n_classes + 1);
  for (guint c = 0; c < n_classes; c++)
    self->class_name[c] = g_strdup_printf ("class number %u", c + 1);
  self->output_name = g_strdup ("kind");

  return self;
}

EklPredictions *
sample_confusion (guint n_classes)
{
  EklPredictions *self = new_classes (EKL_PREDICTIONS_CONFUSION, n_classes);
  EklConfusion *confusion = g_new0 (EklConfusion, 1);
  const gsize m = n_classes;

  self->confusion = confusion;
  confusion->validation = TRUE;
  confusion->mean_particle = g_new0 (guint, m * m);
  confusion->descent = g_new0 (guint, m * m);
  for (gsize r = 0; r < m; r++)
    for (gsize c = 0; c < m; c++) {
      confusion->mean_particle[r * m + c] = (guint) (r == c ? 90 : c == r + 1 ? 7 : 0);
      confusion->descent[r * m + c] = r == c ? 80 : 0;
      confusion->n_rows += confusion->mean_particle[r * m + c];
    }
  confusion->n_all = 2 * confusion->n_rows;

  return self;
}

EklPredictions *
sample_pictures (guint n_classes, guint n)
{
  EklPredictions *self = new_classes (EKL_PREDICTIONS_PICTURES, n_classes);
  EklPicturePage *page = g_new0 (EklPicturePage, 1);

  self->pictures = page;
  page->validation = TRUE;
  page->width = 7;
  page->height = 5;
  page->first = 24;
  page->n = n;
  page->n_all = 100;
  page->n_particles = page->n_all_particles = 40;
  page->pixel = g_new (guint8, (gsize) n * 35);
  page->truth = g_new0 (guint, n);
  page->mean_particle = g_new0 (guint, n);
  page->descent = g_new0 (guint, n);
  page->vote = g_new0 (guint, (gsize) n * n_classes);
  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < 35; k++)
      page->pixel[i * 35 + k] = (guint8) (k * 7);
    page->truth[i] = i % n_classes;
    page->mean_particle[i] = i % 3 == 0 ? EKL_NO_CLASS : i % n_classes;
    page->descent[i] = (i + i % 2) % n_classes;
    page->vote[(gsize) i * n_classes + i % n_classes] = 30;
  }

  return self;
}

EklPredictions *
sample_residuals (guint n, double noise_std)
{
  EklPredictions *self = sample_scatter (n);

  self->kind = EKL_PREDICTIONS_RESIDUALS;
  self->output_scale = 5;
  self->noise_std = noise_std;

  return self;
}

/* The particles nearer to their mean, by that factor. */
void
sample_gather (EklPlane *plane, double factor)
{
  for (guint j = 0; j < plane->n_particles; j++) {
    plane->particle[j].x = plane->mean.x + factor * (plane->particle[j].x - plane->mean.x);
    plane->particle[j].y = plane->mean.y + factor * (plane->particle[j].y - plane->mean.y);
  }
  for (guint k = 0; k < 3; k++)
    plane->covariance[k] *= factor * factor;
}
