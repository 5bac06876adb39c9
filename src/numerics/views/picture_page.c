/* picture_page.c - some pictures, and what both methods and the particles say of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "class_answers.h"

#include "answers.h"
#include "memory.h"

#include <math.h>
#include <string.h>

#define PARTICLE_LOT 64 /* particles whose outputs are held at a time */
#define WHITE        255

/* The page's rows as a batch of their own; FALSE: no memory. */
static gboolean
gather_page (const EklBatch *rows, EklPicturePage *self, EklBatch *page, GError **error)
{
  real *x =
    ekl_memory_new ((gsize) self->n * rows->n_inputs, sizeof (real), "the page of pictures", error);
  real *y;

  if (x == NULL)
    return FALSE;
  y = ekl_memory_new ((gsize) self->n * rows->n_outputs, sizeof (real), "the page of pictures",
                      error);
  if (y == NULL) {
    ekl_memory_free (x);
    return FALSE;
  }
  for (gsize f = 0; f < rows->n_inputs; f++)
    memcpy (x + f * self->n, rows->x + f * rows->n_data + self->first, self->n * sizeof (real));
  for (gsize c = 0; c < rows->n_outputs; c++)
    memcpy (y + c * self->n, rows->y + c * rows->n_data + self->first, self->n * sizeof (real));
  *page = (EklBatch){ rows->n_inputs, rows->n_outputs, self->n, x, y };

  return TRUE;
}

/* Inputs in the user's units are from 0, black, to 1, white. */
static void
fill_pixels (EklPicturePage *self, const EklPredictionsSource *source, const EklBatch *page)
{
  const gsize n_pixels = page->n_inputs;

  self->pixel = g_new (guint8, n_pixels * self->n);
  for (gsize f = 0; f < n_pixels; f++)
    for (gsize i = 0; i < self->n; i++) {
      double light = source->input_unit[f].mean +
                     source->input_unit[f].scale * (double) page->x[f * self->n + i];

      self->pixel[i * n_pixels + f] =
        (guint8) (isfinite (light) ? lround (WHITE * CLAMP (light, 0, 1)) : 0);
    }
}

static guint *
answers_of (EklForward *forward, const real *u, const EklBatch *page, GError **error)
{
  const gsize n = page->n_data;
  real *g = ekl_memory_new (n * page->n_outputs, sizeof (real), "the answers", error);
  guint *answer;

  if (g == NULL)
    return NULL;
  answer = g_new (guint, n);
  ekl_forward_vector (forward, u, page, EKL_APPLY_OUTPUT, g);
  ekl_classify (g, page->n_outputs, n, answer);
  ekl_memory_free (g);

  return answer;
}

/* How many of the particles that are asked say each class. */
static gboolean
count_votes (EklPicturePage *self,
             const EklPredictionsSource *source,
             EklForward *forward,
             const EklBatch *page,
             GError **error)
{
  const gsize n = page->n_data, m = page->n_outputs;
  g_autofree guint *answer = g_new (guint, n);
  g_autoptr (EklEnsemble) some = NULL;
  const EklEnsemble *ensemble =
    ekl_answers_choose_particles (source, self->n_particles, &some, error);
  real *g = NULL;

  if (ensemble != NULL)
    g = ekl_memory_new (PARTICLE_LOT * n * m, sizeof (real), "the particles' votes", error);
  if (g == NULL)
    return FALSE;
  self->vote = g_new0 (guint, n * m);
  for (guint first = 0; first < self->n_particles; first += PARTICLE_LOT) {
    const guint count = MIN (PARTICLE_LOT, self->n_particles - first);

    ekl_forward_ensemble (forward, ensemble, first, count, page, EKL_APPLY_OUTPUT, g);
    for (guint j = 0; j < count; j++) {
      ekl_classify (g + j * n * m, (guint) m, n, answer);
      for (gsize i = 0; i < n; i++)
        if (answer[i] != EKL_NO_CLASS)
          self->vote[i * m + answer[i]]++;
    }
  }
  ekl_memory_free (g);

  return TRUE;
}

/* The selected particles, one by one. */
static gboolean
ask_selected (EklPicturePage *self,
              const EklPredictionsSource *source,
              EklForward *forward,
              const EklBatch *page,
              GError **error)
{
  g_autofree real *u = g_new (real, ekl_ensemble_get_network (source->ensemble)->n_parameters);

  self->selected = g_new (guint, (gsize) source->n_selected * self->n);
  for (guint k = 0; k < source->n_selected; k++) {
    g_autofree guint *answer = NULL;

    ekl_ensemble_get_particle (source->ensemble, source->selected[k], u);
    answer = answers_of (forward, u, page, error);
    if (answer == NULL)
      return FALSE;
    memcpy (self->selected + (gsize) k * self->n, answer, self->n * sizeof *answer);
    self->n_selected++;
  }
  return TRUE;
}

static gboolean
ask (EklPicturePage *self,
     const EklPredictionsSource *source,
     EklForward *forward,
     const EklBatch *page,
     GError **error)
{
  if (source->descent != NULL) {
    self->descent = answers_of (forward, source->descent, page, error);
    if (self->descent == NULL)
      return FALSE;
  }
  if (source->ensemble != NULL) {
    g_autofree real *mean = g_new (real, ekl_ensemble_get_network (source->ensemble)->n_parameters);

    ekl_ensemble_get_mean (source->ensemble, mean);
    self->mean_particle = answers_of (forward, mean, page, error);
    return self->mean_particle != NULL && ask_selected (self, source, forward, page, error) &&
           count_votes (self, source, forward, page, error);
  }
  return TRUE;
}

/**
 * ekl_picture_page_new:
 * @source: what is asked; its inputs are pixels, its outputs classes
 * @forward: a workspace of the network
 * @max_particles: so many vote at most, spread evenly over all of them
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Pictures source->first_picture and on, of the validation rows, or where there are none of the
 * training rows. The last page may be shorter.
 *
 * Returns: (transfer full) (nullable): the page
 */
EklPicturePage *
ekl_picture_page_new (const EklPredictionsSource *source,
                      EklForward *forward,
                      guint max_particles,
                      GError **error)
{
  const gboolean validation = source->validation != NULL && source->validation->n_data > 0;
  const EklBatch *rows = validation ? source->validation : source->training;
  g_autoptr (EklPicturePage) self = g_new0 (EklPicturePage, 1);
  EklBatch page;
  gboolean done;

  self->validation = validation;
  self->width = source->picture_width;
  self->height = source->picture_height;
  self->n_all = rows->n_data;
  self->first = source->first_picture % rows->n_data;
  self->n = MIN (MAX (source->n_pictures, 1), rows->n_data - self->first);
  if (source->ensemble != NULL) {
    self->n_all_particles = ekl_ensemble_get_size (source->ensemble);
    self->n_particles = MIN (max_particles, self->n_all_particles);
  }
  if (!gather_page (rows, self, &page, error))
    return NULL;

  self->truth = g_new (guint, self->n);
  ekl_classify (page.y, page.n_outputs, self->n, self->truth);
  fill_pixels (self, source, &page);
  done = ask (self, source, forward, &page, error);
  ekl_memory_free ((gpointer) page.x);
  ekl_memory_free ((gpointer) page.y);

  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * ekl_picture_page_copy:
 * @self: (nullable): a page
 * @n_classes: of how many classes
 *
 * Returns: (transfer full) (nullable): a deep copy
 */
EklPicturePage *
ekl_picture_page_copy (const EklPicturePage *self, guint n_classes)
{
  EklPicturePage *copy;
  gsize size;

  if (self == NULL)
    return NULL;
  size = self->n * sizeof (guint);
  copy = g_memdup2 (self, sizeof *self);
  copy->pixel = g_memdup2 (self->pixel, (gsize) self->n * self->width * self->height);
  copy->truth = g_memdup2 (self->truth, size);
  copy->mean_particle = g_memdup2 (self->mean_particle, size);
  copy->descent = g_memdup2 (self->descent, size);
  copy->vote = g_memdup2 (self->vote, n_classes * size);
  copy->selected = g_memdup2 (self->selected, self->n_selected * size);

  return copy;
}

/**
 * ekl_picture_page_free:
 * @self: (nullable): a page
 */
void
ekl_picture_page_free (EklPicturePage *self)
{
  if (self == NULL)
    return;
  g_free (self->pixel);
  g_free (self->truth);
  g_free (self->mean_particle);
  g_free (self->descent);
  g_free (self->vote);
  g_free (self->selected);
  g_free (self);
}
