/* experiment_structs.c - an experiment's settings as the plain structs of the other rooms
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-experiment.h"

#include "setting_text.h"

/* Of probabilities, where every output lies in 0..1; measured to train well. */
#define CLASSIFICATION_NOISE_STD 0.1

/* h0 of Kovachki and Stuart (2019); 5 trains badly, 10 not at all */
#define KOVACHKI_STUART_STEP 2

/**
 * ekl_experiment_get_data_options:
 * @options: (out caller-allocates): its strings belong to the experiment and live until they
 *   are changed
 *
 * How the data become a dataset.
 */
void
ekl_experiment_get_data_options (EklExperiment *self, EklDataOptions *options)
{
  *options = (EklDataOptions){
    .target = ekl_experiment_get_string (self, "target"),
    .ignore = ekl_experiment_get_string (self, "ignore"),
    .types = ekl_experiment_get_string (self, "types"),
    .missing = ekl_experiment_get_enum (self, "missing"),
    .sample = ekl_experiment_get_uint (self, "sample"),
    .task = ekl_experiment_get_enum (self, "task"),
    .train_fraction = ekl_experiment_get_double (self, "train-fraction"),
    .split_seed = ekl_experiment_get_uint (self, "split-seed"),
    .standardize = ekl_experiment_get_enum (self, "standardize"),
  };
}

/* ---- settings whose default depends on the data or on other settings ---- */

static gboolean
takes_cross_entropy (EklExperiment *self, EklTask task)
{
  return task == EKL_TASK_CLASSIFICATION && !ekl_experiment_is_explicit (self, "loss");
}

/* A preset's value is not explicit, but it is not the default either. */
static gboolean
takes_class_noise (EklExperiment *self, EklTask task)
{
  return task == EKL_TASK_CLASSIFICATION && !ekl_experiment_is_explicit (self, "noise-std") &&
         g_param_value_defaults (ekl_experiment_get_pspec ("noise-std"),
                                 ekl_experiment_get_base (self, "noise-std"));
}

static gboolean
takes_own_step (EklExperiment *self, EklStepRule step_rule)
{
  return step_rule == EKL_STEP_RULE_KOVACHKI_STUART &&
         !ekl_experiment_is_explicit (self, "step-size");
}

static double
get_base (EklExperiment *self, const char *name)
{
  return g_value_get_double (ekl_experiment_get_base (self, name));
}

static void
suggest_double (EklExperiment *self, const char *name, gboolean suggested, double value)
{
  g_auto (GValue) suggestion = G_VALUE_INIT;

  g_value_init (&suggestion, G_TYPE_DOUBLE);
  g_value_set_double (&suggestion, value);
  ekl_experiment_suggest (self, name, suggested ? &suggestion : NULL);
}

/**
 * ekl_experiment_adapt:
 * @task: the dataset's
 * @step_rule: of the run
 *
 * Shows, in what nobody has chosen, the values that a run takes. It is the same run and the same
 * file without it.
 */
void
ekl_experiment_adapt (EklExperiment *self, EklTask task, EklStepRule step_rule)
{
  g_auto (GValue) loss = G_VALUE_INIT;

  g_value_init (&loss, ekl_experiment_get_pspec ("loss")->value_type);
  g_value_set_enum (&loss, EKL_LOSS_CROSS_ENTROPY);
  ekl_experiment_suggest (self, "loss", takes_cross_entropy (self, task) ? &loss : NULL);
  suggest_double (self, "noise-std", takes_class_noise (self, task), CLASSIFICATION_NOISE_STD);
  suggest_double (self, "step-size", takes_own_step (self, step_rule), KOVACHKI_STUART_STEP);
}

/**
 * ekl_experiment_get_descent_settings:
 * @task: the dataset's: classification takes cross-entropy unless "loss" is explicit
 * @settings: (out caller-allocates):
 */
void
ekl_experiment_get_descent_settings (EklExperiment *self,
                                     EklTask task,
                                     EklDescentSettings *settings)
{
  *settings = (EklDescentSettings){
    .loss = takes_cross_entropy (self, task)
              ? EKL_LOSS_CROSS_ENTROPY
              : g_value_get_enum (ekl_experiment_get_base (self, "loss")),
    .optimizer = ekl_experiment_get_enum (self, "optimizer"),
    .schedule = ekl_experiment_get_enum (self, "learning-rate-schedule"),
    .learning_rate = ekl_experiment_get_double (self, "learning-rate"),
    .schedule_steps = ekl_experiment_get_uint (self, "learning-rate-period"),
    .l2 = ekl_experiment_get_double (self, "l2"),
    .graph_weight = ekl_experiment_get_double (self, "graph-weight"),
  };
}

/* [11] is of the continuous form, and asked for: least squares on probabilities trained better. */
static EklLoss
get_inversion_loss (EklExperiment *self, EklTask task)
{
  if (task == EKL_TASK_CLASSIFICATION && ekl_experiment_is_explicit (self, "loss") &&
      ekl_experiment_get_enum (self, "form") == EKL_FORM_EULER)
    return ekl_experiment_get_enum (self, "loss");
  return EKL_LOSS_SQUARED;
}

/**
 * ekl_experiment_get_inversion_settings:
 * @task: the dataset's: classification takes a noise of 0.1 unless "noise-std" is set
 * @settings: (out caller-allocates):
 */
void
ekl_experiment_get_inversion_settings (EklExperiment *self,
                                       EklTask task,
                                       EklInversionSettings *settings)
{
  const EklMomentum momentum = ekl_experiment_get_enum (self, "momentum-eki");
  const EklStepRule step_rule = ekl_experiment_get_enum (self, "step-rule");

  *settings = (EklInversionSettings){
    .form = ekl_experiment_get_enum (self, "form"),
    .step_rule = step_rule,
    .loss = get_inversion_loss (self, task),
    .step_size =
      takes_own_step (self, step_rule) ? KOVACHKI_STUART_STEP : get_base (self, "step-size"),
    .schedule = ekl_experiment_get_enum (self, "step-size-schedule"),
    .schedule_steps = ekl_experiment_get_uint (self, "step-size-period"),
    .stop_time = ekl_experiment_get_double (self, "stop-time"),
    .noise_std =
      takes_class_noise (self, task) ? CLASSIFICATION_NOISE_STD : get_base (self, "noise-std"),
    /* they do not go together: the noise of one step would be carried on by the next */
    .perturb_observations =
      momentum == EKL_MOMENTUM_NONE && ekl_experiment_get_boolean (self, "perturb-observations"),
    .momentum = momentum,
    .prior_term = ekl_experiment_get_boolean (self, "prior-term"),
    .graph_weight = ekl_experiment_get_double (self, "graph-weight"),
    .redraw = ekl_experiment_get_double (self, "redraw"),
    .inflation = ekl_experiment_get_double (self, "inflation"),
    .weight_noise = ekl_experiment_get_double (self, "weight-noise"),
    .prior.weight_std = ekl_experiment_get_double (self, "prior-weight-std"),
    .prior.bias_std = ekl_experiment_get_double (self, "prior-bias-std"),
    .prior.mean = ekl_experiment_get_double (self, "prior-mean"),
    .prior.shape = ekl_experiment_get_enum (self, "prior-shape"),
    .prior.scaling = ekl_experiment_get_enum (self, "prior-scaling"),
    .seed = ekl_experiment_get_uint (self, "seed"),
  };
}

/**
 * ekl_experiment_get_batch_size:
 *
 * Returns: how many rows a step sees: the batch size, or the group in which data arrive online; 0: all
 */
guint
ekl_experiment_get_batch_size (EklExperiment *self)
{
  return ekl_experiment_get_uint (self, ekl_experiment_get_boolean (self, "online") ? "online-group"
                                                                                    : "batch-size");
}

/**
 * ekl_experiment_get_step_limit:
 *
 * Returns: after how many steps the command line stops; 0: when the run ends, as online data do
 */
guint
ekl_experiment_get_step_limit (EklExperiment *self)
{
  if (ekl_experiment_get_boolean (self, "online") && !ekl_experiment_is_explicit (self, "steps"))
    return 0;
  return ekl_experiment_get_uint (self, "steps");
}

/**
 * ekl_experiment_get_network:
 * @network: (out caller-allocates):
 *
 * The network from the dataset's inputs through "layers" to its outputs, with softmax for classes.
 */
gboolean
ekl_experiment_get_network (EklExperiment *self,
                            EklDataset *dataset,
                            EklNetwork *network,
                            GError **error)
{
  const gboolean classes = ekl_dataset_get_task (dataset) == EKL_TASK_CLASSIFICATION;
  guint width[EKL_MAX_HIDDEN_LAYERS + 2];
  guint n_hidden;

  if (!ekl_layers_parse (ekl_experiment_get_string (self, "layers"), width + 1, &n_hidden, error))
    return FALSE;
  width[0] = ekl_dataset_get_n_inputs (dataset);
  width[n_hidden + 1] = ekl_dataset_get_n_outputs (dataset);
  return ekl_network_init (network, width, n_hidden + 2,
                           ekl_experiment_get_enum (self, "activation"),
                           classes ? EKL_OUTPUT_SOFTMAX : EKL_OUTPUT_IDENTITY, error);
}
