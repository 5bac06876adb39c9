/* test-predictions.c - the prediction panel's numbers, against one particle at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "predictions.h"

#include "plane-cases.h"
#include "quantiles.h"

#include <math.h>
#include <omp.h>

#define TOLERANCE (sizeof (real) == 4 ? 2e-4 : 1e-10)

static const EklUnit INPUT_UNIT[4] = {
  { "age", 40, 10 }, { NULL, -3, 2 }, { "third", 0, 1 }, { "fourth", 1, 5 }
};
static const EklUnit OUTPUT_UNIT[2] = { { "price", 22, 9 }, { "rent", -1, .5 } };

/* Data, an ensemble and a descent, all of them random. */
typedef struct {
  EklNetwork network;
  EklBatch training, validation;
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
random_batch (guint n_inputs, guint n_outputs, guint n)
{
  return (EklBatch){ n_inputs, n_outputs, n, random_reals ((gsize) n_inputs * n),
                     random_reals ((gsize) n_outputs * n) };
}

static Case *
case_new (guint n_inputs, guint n_training, guint n_validation, guint n_particles)
{
  Case *self = g_new0 (Case, 1);

  self->network = case_network (n_inputs, 5, 2);
  self->training = random_batch (n_inputs, 2, n_training);
  self->validation = random_batch (n_inputs, 2, n_validation);
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
    .input_unit = INPUT_UNIT,
    .output_unit = OUTPUT_UNIT,
    .output_index = 1,
    .ensemble = self->ensemble,
    .descent = self->descent,
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
  ekl_ensemble_free (self->ensemble);
  ekl_forward_free (self->forward);
  g_free (self->descent);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

/* The second output at one input (in the user's units), in the user's units. */
static double
answer_of (const Case *self, const real *u, const double *input)
{
  real x[4], g[2];
  EklBatch one = { self->network.width[0], 2, 1, x, NULL };

  for (guint f = 0; f < one.n_inputs; f++)
    x[f] = (real) ((input[f] - INPUT_UNIT[f].mean) / INPUT_UNIT[f].scale);
  ekl_forward_vector (self->forward, u, &one, EKL_APPLY_OUTPUT, g);
  return OUTPUT_UNIT[1].mean + OUTPUT_UNIT[1].scale * (double) g[1];
}

static double
particle_answer (const Case *self, guint particle, const double *input)
{
  g_autofree real *u = g_new (real, self->network.n_parameters);

  ekl_ensemble_get_particle (self->ensemble, particle, u);
  return answer_of (self, u, input);
}

static double
mean_answer (const Case *self, const double *input)
{
  g_autofree real *u = g_new (real, self->network.n_parameters);

  ekl_ensemble_get_mean (self->ensemble, u);
  return answer_of (self, u, input);
}

/* Which one it is of those that are asked: they are spread evenly. */
static guint
asked_particle (const Case *self, guint k, guint n_asked)
{
  return k * ekl_ensemble_get_size (self->ensemble) / n_asked;
}

static void
quantile_answers (const Case *self, guint n_particles, const double *input, double q[3])
{
  g_autofree double *value = g_new (double, n_particles);

  for (guint j = 0; j < n_particles; j++)
    value[j] = particle_answer (self, asked_particle (self, j, n_particles), input);
  ekl_quantiles (value, n_particles, (double[]){ .1, .5, .9 }, 3, q);
}

/* One feature of datum i of the training or validation rows, in the user's units. */
static double
datum (const EklBatch *batch, gboolean outputs, guint feature, guint i)
{
  const EklUnit *unit = outputs ? &OUTPUT_UNIT[feature] : &INPUT_UNIT[feature];
  const real *values = outputs ? batch->y : batch->x;

  return unit->mean + unit->scale * (double) values[feature * batch->n_data + i];
}

static void
assert_point (const Case *self,
              const EklPredictions *predictions,
              guint i,
              guint n_particles,
              const double *input)
{
  double q[3];

  quantile_answers (self, n_particles, input, q);
  g_assert_cmpfloat_with_epsilon (predictions->low[i], q[0], TOLERANCE);
  g_assert_cmpfloat_with_epsilon (predictions->median[i], q[1], TOLERANCE);
  g_assert_cmpfloat_with_epsilon (predictions->high[i], q[2], TOLERANCE);
  g_assert_cmpfloat_with_epsilon (predictions->mean_particle[i], mean_answer (self, input),
                                  TOLERANCE);
  g_assert_cmpfloat_with_epsilon (predictions->descent[i], answer_of (self, self->descent, input),
                                  TOLERANCE);
}

static void
test_curve (void)
{
  g_autoptr (Case) c = case_new (1, 30, 11, 47);
  g_autoptr (EklPredictions) p = ekl_predictions_new (&c->source, c->forward, 41, NULL);
  double lowest = INFINITY, highest = -INFINITY;

  g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_CURVE);
  g_assert_cmpstr (p->x_name, ==, "age");
  g_assert_cmpstr (p->y_name, ==, "rent");
  g_assert_cmpuint (p->n_data, ==, 41);
  g_assert_cmpuint (p->n_training, ==, 30);
  for (guint i = 0; i < p->n_data; i++) {
    const EklBatch *batch = i < 30 ? &c->training : &c->validation;

    g_assert_true (p->data_x[i] == datum (batch, FALSE, 0, i % 30));
    g_assert_true (p->data_y[i] == datum (batch, TRUE, 1, i % 30));
    lowest = MIN (lowest, p->data_x[i]);
    highest = MAX (highest, p->data_x[i]);
  }
  g_assert_null (p->data_value);

  g_assert_cmpuint (p->n_points, ==, 160);
  g_assert_cmpfloat_with_epsilon (p->point_x[0], lowest - .08 * (highest - lowest), 1e-4);
  g_assert_cmpfloat_with_epsilon (p->point_x[159], highest + .08 * (highest - lowest), 1e-4);
  g_assert_cmpuint (p->n_members, ==, EKL_PREDICTIONS_MAX_MEMBERS);
  for (guint i = 0; i < p->n_points; i++) {
    assert_point (c, p, i, 41, &p->point_x[i]);
    for (guint k = 0; k < p->n_members; k++)
      g_assert_cmpfloat_with_epsilon (
        p->member[k * 160 + i],
        particle_answer (c, asked_particle (c, k * 41 / 20, 41), &p->point_x[i]), TOLERANCE);
  }
}

static void
test_scatter (void)
{
  g_autoptr (Case) c = case_new (4, 33, 9, 13);
  g_autoptr (EklPredictions) p = ekl_predictions_new (&c->source, c->forward, 1000, NULL);

  g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_SCATTER);
  g_assert_cmpstr (p->x_name, ==, "true rent");
  g_assert_cmpuint (p->n_data, ==, 42);
  g_assert_cmpuint (p->n_points, ==, 42);
  g_assert_cmpuint (p->n_members, ==, 0);
  for (guint i = 0; i < p->n_points; i++) {
    const EklBatch *batch = i < 33 ? &c->training : &c->validation;
    double input[4];

    for (guint f = 0; f < 4; f++)
      input[f] = datum (batch, FALSE, f, i % 33);
    g_assert_true (p->data_x[i] == datum (batch, TRUE, 1, i % 33));
    assert_point (c, p, i, 13, input);
  }
}

/* More data than are shown, and so many answers that they are computed in several lots. */
static void
test_many (void)
{
  g_autoptr (Case) c = case_new (4, 6000, 1500, 1500);
  g_autoptr (EklPredictions) p = ekl_predictions_new (&c->source, c->forward, 1500, NULL);

  g_assert_cmpuint (p->n_data, ==, 2000);
  g_assert_cmpuint (p->n_training, ==, 1600);
  for (guint i = 0; i < p->n_points; i += i == 0 ? 1 : 97) {
    const EklBatch *batch = i < 1600 ? &c->training : &c->validation;
    guint row = i < 1600 ? i * 6000 / 1600 : (i - 1600) * 1500 / 400;
    double input[4];

    for (guint f = 0; f < 4; f++)
      input[f] = datum (batch, FALSE, f, row);
    g_assert_true (p->data_x[i] == datum (batch, TRUE, 1, row));
    assert_point (c, p, i, 1500, input);
  }
}

static void
assert_field_values (const Case *c, const EklPredictions *p, guint n_particles)
{
  const EklField *field = p->mean_field;

  g_assert_cmpuint (field->n_columns, ==, 48);
  g_assert_cmpuint (field->n_rows, ==, 48);
  for (guint row = 0; row < 48; row += 5)
    for (guint column = 0; column < 48; column += 3) {
      double input[2] = { field->x0 + column * (field->x1 - field->x0) / 47,
                          field->y0 + row * (field->y1 - field->y0) / 47 };
      guint i = row * 48 + column;
      double q[3];

      quantile_answers (c, n_particles, input, q);
      g_assert_cmpfloat_with_epsilon (field->value[i], mean_answer (c, input), TOLERANCE);
      g_assert_cmpfloat_with_epsilon (p->spread_field->value[i], q[2] - q[0], TOLERANCE);
      g_assert_cmpfloat_with_epsilon (p->descent_field->value[i], answer_of (c, c->descent, input),
                                      TOLERANCE);
    }
}

static void
test_field (void)
{
  g_autoptr (Case) c = case_new (2, 25, 4, 70);
  g_autoptr (EklPredictions) p = ekl_predictions_new (&c->source, c->forward, 1000, NULL);
  double low = INFINITY, high = -INFINITY;

  g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_FIELD);
  g_assert_cmpstr (p->x_name, ==, "age");
  g_assert_cmpstr (p->y_name, ==, "input 2");
  g_assert_cmpstr (p->output_name, ==, "rent");
  for (guint i = 0; i < p->n_data; i++) {
    const EklBatch *batch = i < 25 ? &c->training : &c->validation;

    g_assert_true (p->data_x[i] == datum (batch, FALSE, 0, i % 25));
    g_assert_true (p->data_y[i] == datum (batch, FALSE, 1, i % 25));
    g_assert_true (p->data_value[i] == datum (batch, TRUE, 1, i % 25));
    low = MIN (low, p->data_y[i]);
    high = MAX (high, p->data_y[i]);
  }
  g_assert_cmpfloat_with_epsilon (p->mean_field->y0, low - .08 * (high - low), 1e-4);
  g_assert_cmpfloat_with_epsilon (p->mean_field->y1, high + .08 * (high - low), 1e-4);
  assert_field_values (c, p, 64);
  g_assert_cmpuint (p->n_particles, ==, 64);
  g_assert_cmpuint (p->n_all_particles, ==, 70);
  g_assert_cmpuint (p->n_classes, ==, 0);
}

/* Of classes a field shows one, and says how many there are; its data are there as ever. */
static void
test_field_of_classes (void)
{
  g_autoptr (Case) c = case_new (2, 25, 4, 20);
  g_autoptr (EklPredictions) p = NULL;

  c->source.classes = TRUE;
  p = ekl_predictions_new (&c->source, c->forward, 20, NULL);
  g_assert_cmpint (p->kind, ==, EKL_PREDICTIONS_FIELD);
  g_assert_cmpuint (p->n_classes, ==, c->training.n_outputs);
  g_assert_cmpuint (p->n_data, ==, 29);
}

/* Each selected particle's own field, beside the others on the same points. */
static void
test_field_selected (void)
{
  const guint chosen[2] = { 3, 66 };
  g_autoptr (Case) c = case_new (2, 25, 4, 70);
  g_autoptr (EklPredictions) p = NULL;

  c->source.selected = chosen;
  c->source.n_selected = 2;
  p = ekl_predictions_new (&c->source, c->forward, 10, NULL);
  g_assert_cmpuint (p->n_selected, ==, 2);
  g_assert_cmpuint (p->n_points, ==, 48 * 48);
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < p->n_points; i += 53) {
      const EklField *field = p->mean_field;
      double input[2] = { field->x0 + i % 48 * (field->x1 - field->x0) / 47,
                          field->y0 + i / 48 * (field->y1 - field->y0) / 47 };

      g_assert_cmpuint (p->selected[k], ==, chosen[k]);
      g_assert_cmpfloat_with_epsilon (p->selected_answer[k * p->n_points + i],
                                      particle_answer (c, chosen[k], input), TOLERANCE);
    }
}

static void
assert_parts (const EklPredictions *p, guint n_inputs, gboolean ensemble, gboolean descent)
{
  gboolean curve = n_inputs == 1, field = n_inputs == 2;

  g_assert_cmpint (p->has_ensemble, ==, ensemble);
  g_assert_cmpint (p->has_descent, ==, descent);
  g_assert_true ((p->low != NULL) == (ensemble && !field));
  g_assert_true ((p->mean_particle != NULL) == (ensemble && !field));
  g_assert_true ((p->descent != NULL) == (descent && !field));
  g_assert_true ((p->spread_field != NULL) == (ensemble && field));
  g_assert_true ((p->descent_field != NULL) == (descent && field));
  g_assert_cmpuint (p->n_members, ==, ensemble && curve ? 3 : 0);
  g_assert_true ((p->point_x != NULL) == curve);
  g_assert_cmpuint (p->n_data, ==, 6);
}

/* Nothing is made up for a method that is off. */
static void
test_methods_off (void)
{
  for (guint n_inputs = 1; n_inputs <= 3; n_inputs++)
    for (guint on = 0; on < 3; on++) {
      g_autoptr (Case) c = case_new (n_inputs, 6, 0, 3);
      g_autoptr (EklPredictions) p = NULL, copy = NULL;

      if (on != 1)
        c->source.ensemble = NULL;
      if (on != 2)
        c->source.descent = NULL;
      p = ekl_predictions_new (&c->source, c->forward, 10, NULL);
      copy = ekl_predictions_copy (p);
      assert_parts (p, n_inputs, on == 1, on == 2);
      assert_parts (copy, n_inputs, on == 1, on == 2);
    }
  g_assert_null (ekl_predictions_copy (NULL));
}

/* A particle that is not finite is left out of the band; an input of one value gets some width. */
static void
test_not_finite (void)
{
  g_autoptr (Case) c = case_new (1, 1, 0, 3);
  g_autofree real *u = random_reals (c->network.n_parameters);
  g_autoptr (EklPredictions) p = NULL;

  u[2] = NAN;
  ekl_ensemble_set_particle (c->ensemble, 2, u);
  p = ekl_predictions_new (&c->source, c->forward, 10, NULL);
  g_assert_cmpfloat_with_epsilon (p->point_x[159] - p->point_x[0], 20, 1e-4);
  for (guint i = 0; i < p->n_points; i++) {
    double a = particle_answer (c, 0, &p->point_x[i]), b = particle_answer (c, 1, &p->point_x[i]);

    g_assert_cmpfloat_with_epsilon (p->median[i], (a + b) / 2, TOLERANCE);
    g_assert_true (isnan (p->mean_particle[i]));
    g_assert_true (isnan (p->member[2 * p->n_points + i]));
  }
}

static void
test_copy (void)
{
  for (guint n_inputs = 1; n_inputs <= 3; n_inputs++) {
    g_autoptr (Case) c = case_new (n_inputs, 20, 5, 30);
    g_autoptr (EklPredictions) p = ekl_predictions_new (&c->source, c->forward, 30, NULL);
    g_autoptr (EklPredictions) copy = ekl_predictions_copy (p);

    ekl_predictions_free (g_steal_pointer (&p));
    p = ekl_predictions_new (&c->source, c->forward, 30, NULL);
    g_assert_cmpstr (p->x_name, ==, copy->x_name);
    g_assert_cmpstr (p->y_name, ==, copy->y_name);
    g_assert_cmpmem (p->data_x, p->n_data * sizeof (double), copy->data_x,
                     copy->n_data * sizeof (double));
    if (n_inputs == 2) {
      g_assert_cmpmem (p->spread_field->value, 48 * 48 * sizeof (double), copy->spread_field->value,
                       48 * 48 * sizeof (double));
      continue;
    }
    g_assert_cmpmem (p->median, p->n_points * sizeof (double), copy->median,
                     copy->n_points * sizeof (double));
    g_assert_cmpmem (p->member, p->n_members * p->n_points * sizeof (double), copy->member,
                     copy->n_members * copy->n_points * sizeof (double));
  }
}

static void
test_threads (void)
{
  g_autoptr (Case) c = case_new (3, 300, 100, 400);
  int before = omp_get_max_threads ();
  g_autoptr (EklPredictions) one = NULL, four = NULL;

  omp_set_num_threads (1);
  one = ekl_predictions_new (&c->source, c->forward, 400, NULL);
  omp_set_num_threads (4);
  four = ekl_predictions_new (&c->source, c->forward, 400, NULL);
  omp_set_num_threads (before);
  g_assert_cmpmem (one->low, 400 * sizeof (double), four->low, 400 * sizeof (double));
  g_assert_cmpmem (one->high, 400 * sizeof (double), four->high, 400 * sizeof (double));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (1);
  g_test_add_func ("/predictions/curve", test_curve);
  g_test_add_func ("/predictions/scatter", test_scatter);
  g_test_add_func ("/predictions/many", test_many);
  g_test_add_func ("/predictions/field", test_field);
  g_test_add_func ("/predictions/field-of-classes", test_field_of_classes);
  g_test_add_func ("/predictions/field-selected", test_field_selected);
  g_test_add_func ("/predictions/methods-off", test_methods_off);
  g_test_add_func ("/predictions/not-finite", test_not_finite);
  g_test_add_func ("/predictions/copy", test_copy);
  g_test_add_func ("/predictions/threads", test_threads);
  return g_test_run ();
}
