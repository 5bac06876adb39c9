/* test-class-answers.c - confusion and votes, against one network and one row at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "class_answers.h"

#include "plane-cases.h"

#include <math.h>
#include <string.h>

#define N_INPUTS 6 /* a picture of 3 x 2 */

/* Rows of random pixels and classes, an ensemble and a descent. */
typedef struct {
  EklNetwork network;
  EklBatch training, validation;
  EklUnit *input_unit, *output_unit;
  EklEnsemble *ensemble;
  EklForward *forward;
  real *descent;
  EklPredictionsSource source;
} Case;

static real *
random_reals (gsize n)
{
  real *values = g_new (real, n);

  for (gsize i = 0; i < n; i++)
    values[i] = (real) case_normal ();
  return values;
}

static EklBatch
random_rows (guint n_classes, guint n)
{
  real *x = random_reals ((gsize) N_INPUTS * n);
  real *y = g_new0 (real, (gsize) n_classes * n);

  for (guint i = 0; i < n; i++)
    y[(gsize) g_test_rand_int_range (0, (int) n_classes) * n + i] = 1;
  return (EklBatch){ N_INPUTS, n_classes, n, x, y };
}

static Case *
case_new (guint n_classes, guint n_training, guint n_validation, guint n_particles)
{
  Case *self = g_new0 (Case, 1);

  self->network = case_network (N_INPUTS, 5, n_classes);
  self->training = random_rows (n_classes, n_training);
  self->validation = random_rows (n_classes, n_validation);
  self->input_unit = g_new0 (EklUnit, N_INPUTS);
  for (guint f = 0; f < N_INPUTS; f++)
    self->input_unit[f] = (EklUnit){ "pixel", 0.1 * f, 0.5 };
  self->output_unit = g_new0 (EklUnit, n_classes);
  for (guint c = 0; c < n_classes; c++)
    self->output_unit[c] = (EklUnit){ c == 0 ? "shoe" : NULL, 0, 1 };
  self->ensemble = ekl_ensemble_new (&self->network, n_particles, NULL);
  for (guint j = 0; j < n_particles; j++) {
    g_autofree real *u = random_reals (self->network.n_parameters);

    ekl_ensemble_set_particle (self->ensemble, j, u);
  }
  self->descent = random_reals (self->network.n_parameters);
  self->forward = ekl_forward_new (&self->network, 10, 2, NULL);
  self->source = (EklPredictionsSource){
    .training = &self->training,
    .validation = n_validation > 0 ? &self->validation : NULL,
    .input_unit = self->input_unit,
    .output_unit = self->output_unit,
    .ensemble = self->ensemble,
    .descent = self->descent,
    .view = EKL_PREDICTIONS_VIEW_CONFUSION,
    .classes = TRUE,
    .picture_width = 3,
    .picture_height = 2,
    .n_pictures = 5,
  };
  return self;
}

static void
case_free (Case *self)
{
  g_free ((gpointer) self->training.x);
  g_free ((gpointer) self->training.y);
  g_free ((gpointer) self->validation.x);
  g_free ((gpointer) self->validation.y);
  g_free (self->input_unit);
  g_free (self->output_unit);
  ekl_ensemble_free (self->ensemble);
  ekl_forward_free (self->forward);
  g_free (self->descent);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static guint
true_class (const EklBatch *rows, guint i)
{
  guint c = 0;

  while (rows->y[(gsize) c * rows->n_data + i] != 1)
    c++;
  return c;
}

/* One network asked about one row. */
static guint
class_of (const Case *self, const real *u, const EklBatch *rows, guint i)
{
  g_autofree real *g = g_new (real, rows->n_outputs);
  real x[N_INPUTS];
  EklBatch one = { N_INPUTS, rows->n_outputs, 1, x, NULL };
  guint best = 0;

  for (guint f = 0; f < N_INPUTS; f++)
    x[f] = rows->x[(gsize) f * rows->n_data + i];
  ekl_forward_vector (self->forward, u, &one, EKL_APPLY_OUTPUT, g);
  for (guint c = 0; c < rows->n_outputs; c++) {
    if (isnan (g[c]))
      return EKL_NO_CLASS;
    best = g[c] > g[best] ? c : best;
  }
  return best;
}

static guint
mean_class (const Case *self, const EklBatch *rows, guint i)
{
  g_autofree real *u = g_new (real, self->network.n_parameters);

  ekl_ensemble_get_mean (self->ensemble, u);
  return class_of (self, u, rows, i);
}

static guint
particle_class (const Case *self, guint particle, const EklBatch *rows, guint i)
{
  g_autofree real *u = g_new (real, self->network.n_parameters);

  ekl_ensemble_get_particle (self->ensemble, particle, u);
  return class_of (self, u, rows, i);
}

static void
assert_counts (const Case *self, const EklConfusion *confusion, const EklBatch *rows)
{
  const gsize m = rows->n_outputs;
  g_autofree guint *mean = g_new0 (guint, m * m);
  g_autofree guint *descent = g_new0 (guint, m * m);

  for (guint k = 0; k < confusion->n_rows; k++) {
    const guint i = (guint) ((guint64) k * rows->n_data / confusion->n_rows);
    const guint truth = true_class (rows, i);

    mean[truth * m + mean_class (self, rows, i)]++;
    descent[truth * m + class_of (self, self->descent, rows, i)]++;
  }
  g_assert_cmpmem (mean, m * m * sizeof (guint), confusion->mean_particle, m * m * sizeof (guint));
  g_assert_cmpmem (descent, m * m * sizeof (guint), confusion->descent, m * m * sizeof (guint));
}

static void
test_confusion (void)
{
  static const guint n_classes[] = { 2, 3, 26 };

  for (guint k = 0; k < G_N_ELEMENTS (n_classes); k++)
    for (guint n_validation = 0; n_validation <= 60; n_validation += 60) {
      g_autoptr (Case) c = case_new (n_classes[k], 110, n_validation, 8);
      g_autoptr (EklPredictions) p = ekl_predictions_new (&c->source, c->forward, 8, NULL);

      g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_CONFUSION);
      g_assert_cmpuint (p->n_classes, ==, n_classes[k]);
      g_assert_cmpstr (p->class_name[0], ==, "shoe");
      g_assert_cmpstr (p->class_name[1], ==, "class 2");
      g_assert_cmpuint (p->n_data, ==, 0);
      g_assert_cmpint (p->confusion->validation, ==, n_validation > 0);
      g_assert_cmpuint (p->confusion->n_rows, ==, n_validation > 0 ? 60 : 110);
      assert_counts (c, p->confusion, n_validation > 0 ? &c->validation : &c->training);
    }
}

/* The first few of the selected particles are counted as the mean is, and a page has the answers of
 * all of them. */
static void
test_selected (void)
{
  const guint chosen[4] = { 1, 4, 6, 7 };
  g_autoptr (Case) c = case_new (3, 40, 0, 8);
  g_autoptr (EklPredictions) p = NULL;
  g_autoptr (EklPredictions) page = NULL;

  c->source.selected = chosen;
  c->source.n_selected = 4;
  p = ekl_predictions_new (&c->source, c->forward, 8, NULL);
  g_assert_cmpuint (p->n_selected, ==, 4);
  g_assert_cmpuint (p->confusion->n_selected, ==, EKL_CONFUSION_SELECTED);
  for (guint k = 0; k < EKL_CONFUSION_SELECTED; k++) {
    guint count[9] = { 0 };

    for (guint i = 0; i < 40; i++)
      count[true_class (&c->training, i) * 3 + particle_class (c, chosen[k], &c->training, i)]++;
    g_assert_cmpmem (count, sizeof count, p->confusion->selected + (gsize) k * 9, sizeof count);
  }

  c->source.view = EKL_PREDICTIONS_VIEW_PICTURES;
  c->source.first_picture = 35;
  page = ekl_predictions_new (&c->source, c->forward, 8, NULL);
  g_assert_cmpuint (page->pictures->n_selected, ==, 4);
  for (guint k = 0; k < 4; k++)
    for (guint i = 0; i < 5; i++)
      g_assert_cmpuint (page->pictures->selected[k * 5 + i], ==,
                        particle_class (c, chosen[k], &c->training, 35 + i));
}

/* More rows than one lot, and a share of them. */
static void
test_share (void)
{
  g_autoptr (Case) c = case_new (3, 5000, 0, 2);
  g_autoptr (EklPredictions) all = ekl_predictions_new (&c->source, c->forward, 8, NULL);
  g_autoptr (EklPredictions) some = NULL;

  assert_counts (c, all->confusion, &c->training);
  c->source.max_rows = 700;
  some = ekl_predictions_new (&c->source, c->forward, 8, NULL);
  g_assert_cmpuint (some->confusion->n_rows, ==, 700);
  g_assert_cmpuint (some->confusion->n_all, ==, 5000);
  assert_counts (c, some->confusion, &c->training);
}

static void
assert_page (const Case *c, const EklPredictions *p, const EklBatch *rows, guint n_particles)
{
  const EklPicturePage *page = p->pictures;
  const guint m = rows->n_outputs;

  g_assert_cmpuint (page->n_particles, ==, n_particles);
  for (guint k = 0; k < page->n; k++) {
    const guint i = page->first + k;
    g_autofree guint *votes = g_new0 (guint, m);

    g_assert_cmpuint (page->truth[k], ==, true_class (rows, i));
    g_assert_cmpuint (page->mean_particle[k], ==, mean_class (c, rows, i));
    g_assert_cmpuint (page->descent[k], ==, class_of (c, c->descent, rows, i));
    for (guint j = 0; j < n_particles; j++)
      votes[particle_class (c, j * 150 / n_particles, rows, i)]++;
    g_assert_cmpmem (votes, m * sizeof (guint), page->vote + k * m, m * sizeof (guint));
    for (guint f = 0; f < N_INPUTS; f++) {
      double light = 0.1 * f + 0.5 * (double) rows->x[(gsize) f * rows->n_data + i];

      g_assert_cmpuint (page->pixel[k * N_INPUTS + f], ==, lround (255 * CLAMP (light, 0, 1)));
    }
  }
}

static void
test_pictures (void)
{
  for (guint n_validation = 0; n_validation <= 12; n_validation += 12) {
    g_autoptr (Case) c = case_new (4, 13, n_validation, 150);
    const EklBatch *rows = n_validation > 0 ? &c->validation : &c->training;

    c->source.view = EKL_PREDICTIONS_VIEW_AUTO;
    for (guint first = 0; first < 31; first += 5) {
      g_autoptr (EklPredictions) p = NULL;
      guint start = first % rows->n_data;

      c->source.first_picture = first;
      p = ekl_predictions_new (&c->source, c->forward, 140, NULL);
      g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_PICTURES);
      g_assert_cmpuint (p->pictures->width, ==, 3);
      g_assert_cmpuint (p->pictures->height, ==, 2);
      g_assert_cmpuint (p->pictures->first, ==, start);
      g_assert_cmpuint (p->pictures->n, ==, MIN (5, rows->n_data - start));
      g_assert_cmpuint (p->pictures->n_all, ==, rows->n_data);
      assert_page (c, p, rows, 140);
    }
  }
}

/* An answer that is not a number is no answer, and no vote. */
static void
test_not_finite (void)
{
  g_autoptr (Case) c = case_new (3, 20, 0, 3);
  g_autoptr (EklPredictions) p = NULL, page = NULL;
  g_autofree real *u = random_reals (c->network.n_parameters);

  for (gsize i = 0; i < c->network.n_parameters; i++)
    c->descent[i] = NAN;
  u[c->network.n_parameters - 1] = NAN;
  ekl_ensemble_set_particle (c->ensemble, 2, u);
  p = ekl_predictions_new (&c->source, c->forward, 3, NULL);
  g_assert_cmpuint (p->confusion->descent_unanswered, ==, 20);
  g_assert_cmpuint (p->confusion->mean_unanswered, ==, 20);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpuint (p->confusion->descent[i] + p->confusion->mean_particle[i], ==, 0);

  c->source.view = EKL_PREDICTIONS_VIEW_PICTURES;
  page = ekl_predictions_new (&c->source, c->forward, 3, NULL);
  for (guint k = 0; k < page->pictures->n; k++) {
    const guint *vote = page->pictures->vote + k * 3;

    g_assert_cmpuint (page->pictures->descent[k], ==, EKL_NO_CLASS);
    g_assert_cmpuint (vote[0] + vote[1] + vote[2], ==, 2);
  }
}

static void
test_ties (void)
{
  const real g[] = { 1, 0, 0.5, 1, 3, 0.5, 1, 3, NAN };
  guint answer[3];

  ekl_classify (g, 3, 3, answer);
  g_assert_cmpuint (answer[0], ==, 0);
  g_assert_cmpuint (answer[1], ==, 1);
  g_assert_cmpuint (answer[2], ==, EKL_NO_CLASS);
}

/* What a problem does not have is not shown: it is as if nothing had been asked for. */
static void
test_views (void)
{
  g_autoptr (Case) c = case_new (3, 20, 4, 5);

  for (guint view = 0; view < EKL_N_PREDICTIONS_VIEWS; view++)
    for (guint has = 0; has < 4; has++) {
      const gboolean classes = has & 1, pictures = has == 3;
      g_autoptr (EklPredictions) p = NULL;

      c->source.view = view;
      c->source.classes = classes;
      c->source.picture_width = has & 2 ? 3 : 0;
      p = ekl_predictions_new (&c->source, c->forward, 5, NULL);
      g_assert_cmpint ((p->views >> EKL_PREDICTIONS_VIEW_CONFUSION) & 1, ==, classes);
      g_assert_cmpint ((p->views >> EKL_PREDICTIONS_VIEW_PICTURES) & 1, ==, pictures);
      g_assert_cmpint ((p->views >> EKL_PREDICTIONS_VIEW_RESIDUALS) & 1, ==, 1);
      if (view == EKL_PREDICTIONS_VIEW_CONFUSION && classes)
        g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_CONFUSION);
      else if (view == EKL_PREDICTIONS_VIEW_RESIDUALS)
        g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_RESIDUALS);
      else if (pictures && view != EKL_PREDICTIONS_VIEW_SCATTER)
        g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_PICTURES);
      else if (classes && view != EKL_PREDICTIONS_VIEW_SCATTER)
        g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_CONFUSION);
      else
        g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_SCATTER);
    }
}

static void
test_copy (void)
{
  for (guint view = EKL_PREDICTIONS_VIEW_CONFUSION; view <= EKL_PREDICTIONS_VIEW_PICTURES; view++)
    for (guint on = 0; on < 3; on++) {
      g_autoptr (Case) c = case_new (3, 20, 4, 5);
      g_autoptr (EklPredictions) p = NULL, copy = NULL;

      c->source.view = view;
      c->source.ensemble = on == 1 ? NULL : c->ensemble;
      c->source.descent = on == 2 ? NULL : c->descent;
      p = ekl_predictions_new (&c->source, c->forward, 10, NULL);
      copy = ekl_predictions_copy (p);
      ekl_predictions_free (g_steal_pointer (&p));
      p = ekl_predictions_new (&c->source, c->forward, 10, NULL);
      g_assert_cmpstr (copy->class_name[2], ==, "class 3");
      if (view == EKL_PREDICTIONS_VIEW_CONFUSION) {
        g_assert_true ((copy->confusion->mean_particle == NULL) == (on == 1));
        g_assert_true ((copy->confusion->descent == NULL) == (on == 2));
        if (on != 1)
          g_assert_cmpmem (copy->confusion->mean_particle, 9 * sizeof (guint),
                           p->confusion->mean_particle, 9 * sizeof (guint));
      } else {
        g_assert_true ((copy->pictures->vote == NULL) == (on == 1));
        g_assert_true ((copy->pictures->descent == NULL) == (on == 2));
        g_assert_cmpmem (copy->pictures->pixel, 4 * N_INPUTS, p->pictures->pixel, 4 * N_INPUTS);
        if (on != 1)
          g_assert_cmpmem (copy->pictures->vote, 12 * sizeof (guint), p->pictures->vote,
                           12 * sizeof (guint));
      }
    }
}

/* Gamma in the user's units. */
static void
test_noise (void)
{
  g_autoptr (Case) c = case_new (3, 20, 4, 5);
  g_autoptr (EklPredictions) p = NULL;

  c->source.view = EKL_PREDICTIONS_VIEW_RESIDUALS;
  c->source.noise_std = 0.25;
  c->output_unit[0].scale = -8;
  p = ekl_predictions_new (&c->source, c->forward, 5, NULL);
  g_assert_cmpfloat_with_epsilon (p->noise_std, 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (p->output_scale, 8, 1e-12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (1);
  g_test_add_func ("/class-answers/confusion", test_confusion);
  g_test_add_func ("/class-answers/selected", test_selected);
  g_test_add_func ("/class-answers/share", test_share);
  g_test_add_func ("/class-answers/pictures", test_pictures);
  g_test_add_func ("/class-answers/not-finite", test_not_finite);
  g_test_add_func ("/class-answers/ties", test_ties);
  g_test_add_func ("/class-answers/views", test_views);
  g_test_add_func ("/class-answers/copy", test_copy);
  g_test_add_func ("/class-answers/noise", test_noise);
  return g_test_run ();
}
