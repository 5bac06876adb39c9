/* setting_table.c - the one table that every setting is a line of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "setting_table.h"

#include "column_list.h"
#include "data_settings.h"
#include "setting_text.h"
#include "setting_types.h"

#include <glib/gi18n.h>

/* clang-format off: every setting reads alike: what, where and when, value, slider, words */

#define HIDDEN(name_, group_, effect_)                                                             \
  .info.name = name_, .info.group = EKL_SETTING_GROUP_##group_,                                    \
  .info.effect = EKL_SETTING_EFFECT_##effect_
#define SETTING(...) HIDDEN (__VA_ARGS__), .info.in_panel = TRUE, .info.advanced = TRUE
#define BASIC(...)   HIDDEN (__VA_ARGS__), .info.in_panel = TRUE
#define NUMBER(value_, low_, high_)                                                                \
  .kind = EKL_SETTING_NUMBER, .value = value_, .low = low_, .high = high_
#define WHOLE(value_, low_, high_)                                                                 \
  .kind = EKL_SETTING_WHOLE, .value = value_, .low = low_, .high = high_
#define SWITCH(value_) .kind = EKL_SETTING_SWITCH, .value = value_
#define CHOICE(type_, value_)                                                                      \
  .kind = EKL_SETTING_CHOICE, .get_type = ekl_##type_##_get_type, .value = value_
#define CHOICES(type_, value_)                                                                     \
  .kind = EKL_SETTING_CHOICES, .get_type = ekl_##type_##_get_type, .value = value_
#define TEXT(text_, form_)      .kind = EKL_SETTING_TEXT, .text = text_, .form = form_
#define SLIDER(low_, high_)     .info.slider_low = low_, .info.slider_high = high_
#define LOG_SLIDER(low_, high_) SLIDER (low_, high_), .info.logarithmic = TRUE
#define ABOVE_ZERO              G_MINDOUBLE
#define WORDS(nick_, blurb_)    .nick = nick_, .blurb = blurb_

static const EklSettingSpec table[] = {
  { HIDDEN ("data", DATA, RELOAD), TEXT ("", "a file, or example:NAME"), .is_path = TRUE,
    WORDS (N_ ("Data"), N_ ("The file to learn from, or example:NAME for a built-in one.")) },
  { SETTING ("target", DATA, RELOAD), TEXT ("", EKL_COLUMN_LIST_FORM), .check = ekl_target_check,
    WORDS (N_ ("Target"),
           N_ ("Columns to predict, by header name or number from 1; empty is the last column.")) },
  { SETTING ("ignore", DATA, RELOAD), TEXT ("", EKL_COLUMN_LIST_FORM), .check = ekl_ignore_check,
    WORDS (N_ ("Ignored columns"), N_ ("Columns to leave out, by header name or number from 1.")) },
  { SETTING ("types", DATA, RELOAD), TEXT ("", EKL_COLUMN_TYPES_FORM), .check = ekl_types_check,
    WORDS (N_ ("Column types"),
           N_ ("What columns hold, where the reader's guess is to be another; a category is an "
               "input for each of its values.")) },
  { SETTING ("missing", DATA, RELOAD), CHOICE (missing, EKL_MISSING_DROP),
    WORDS (N_ ("Missing values"),
           N_ ("A row where an input is missing is dropped, or the cell is filled in from the "
               "training rows: mean of numbers, most frequent text, or most frequent value of "
               "both.")) },
  { SETTING ("task", DATA, RELOAD), CHOICE (task, EKL_TASK_AUTO),
    WORDS (N_ ("Task"),
           N_ ("Regression or classification; automatic takes texts, and the whole numbers from 0 "
               "or 1 up to at most ten, for classes.")) },
  { SETTING ("sample", DATA, RELOAD), WHOLE (0, 0, G_MAXINT),
    WORDS (N_ ("Sample"),
           N_ ("Use at most so many rows, or training pictures, drawn by the split seed; 0 is "
               "all.")) },
  { SETTING ("train-fraction", DATA, RELOAD), NUMBER (0.8, 0.01, 1), SLIDER (0.1, 1),
    WORDS (N_ ("Training share"),
           N_ ("Share of the rows to train on; the others validate, and 1 leaves none.")) },
  { SETTING ("split-seed", DATA, RELOAD), WHOLE (1, 0, G_MAXUINT),
    WORDS (N_ ("Split seed"), N_ ("Seed of the random split into training and validation rows.")) },
  { SETTING ("standardize", DATA, RELOAD), CHOICE (standardize, EKL_STANDARDIZE_ALL),
    WORDS (N_ ("Standardize"),
           N_ ("Which columns are shifted and scaled to mean 0 and variance 1 of the training "
               "rows.")) },
  { HIDDEN ("encoding", DATA, RELOAD), CHOICE (csv_encoding, EKL_CSV_ENCODING_AUTOMATIC),
    WORDS (N_ ("Encoding"), N_ ("How a text file writes its characters.")) },
  { HIDDEN ("delimiter", DATA, RELOAD), TEXT ("auto", EKL_DELIMITER_FORM),
    .check = ekl_delimiter_check,
    WORDS (N_ ("Delimiter"), N_ ("What stands between the cells of a text file.")) },
  { HIDDEN ("decimal", DATA, RELOAD), TEXT ("auto", EKL_DECIMAL_FORM), .check = ekl_decimal_check,
    WORDS (N_ ("Decimal mark"), N_ ("What stands before the decimals of its numbers.")) },
  { HIDDEN ("thousands", DATA, RELOAD), TEXT ("auto", EKL_THOUSANDS_FORM),
    .check = ekl_thousands_check,
    WORDS (N_ ("Thousands mark"), N_ ("What stands between the thousands of its numbers.")) },
  { HIDDEN ("quote", DATA, RELOAD), TEXT ("auto", EKL_QUOTE_FORM), .check = ekl_quote_check,
    WORDS (N_ ("Quotation mark"), N_ ("What stands about cells that hold a delimiter.")) },
  { HIDDEN ("header", DATA, RELOAD), CHOICE (csv_header, EKL_CSV_HEADER_AUTOMATIC),
    WORDS (N_ ("Header"), N_ ("Whether the first line of a text file names the columns.")) },
  { HIDDEN ("comment", DATA, RELOAD), TEXT ("auto", EKL_COMMENT_FORM), .check = ekl_comment_check,
    WORDS (N_ ("Comment mark"), N_ ("What lines begin with that are no data.")) },

  { BASIC ("layers", NETWORK, RESTART), TEXT ("16", EKL_LAYERS_FORM), .check = ekl_layers_check,
    WORDS (N_ ("Hidden layers"),
           N_ ("Widths of the hidden layers, such as 16,16; empty is a linear model.")) },
  { SETTING ("activation", NETWORK, RESTART), CHOICE (activation, EKL_ACTIVATION_TANH),
    WORDS (N_ ("Activation"), N_ ("The nonlinearity of the hidden layers.")) },
  { SETTING ("loss", NETWORK, RESTART), CHOICE (loss, EKL_LOSS_SQUARED), .adapts = TRUE,
    WORDS (
      N_ ("Loss"),
      N_ ("What gradient descent minimises; classes take cross-entropy unless this is set. EKI "
          "takes least squares, but in the Euler form for classes what is set here.")) },

  { SETTING ("methods", RUN, RESTART),
    CHOICES (method_flags, EKL_METHOD_FLAG_EKI | EKL_METHOD_FLAG_GD),
    WORDS (N_ ("Methods"), N_ ("Which methods run, side by side on the same batches.")) },
  { HIDDEN ("steps", RUN, CONTROL), WHOLE (100, 0, 1e9),
    WORDS (N_ ("Steps"),
           N_ ("How many steps the command line takes; 0 goes on until it is stopped, and online "
               "data end the run unless this is set.")) },
  { SETTING ("seed", RUN, RESTART), WHOLE (1, 0, G_MAXUINT),
    WORDS (N_ ("Seed"),
           N_ ("Seed of the particles, the batches and the noise; the same seed is the same "
               "run.")) },
  { SETTING ("batch-size", RUN, RESTART), WHOLE (0, 0, G_MAXINT),
    WORDS (N_ ("Batch size"),
           N_ ("Training rows a step sees, for both methods; 0 is all of them.")) },
  { SETTING ("labelled-fraction", RUN, RESTART), NUMBER (1, 0.0001, 1), SLIDER (0.01, 1),
    WORDS (N_ ("Labelled share"),
           N_ ("Share of the training rows that keep their label; the others keep only their "
               "inputs.")) },
  { SETTING ("graph-weight", RUN, RESTART), NUMBER (0, 0, 1e6), SLIDER (0, 10),
    WORDS (N_ ("Graph weight μ"),
           N_ ("How strongly near inputs, labelled or not, are to have near answers; 0 is not at "
               "all.")) },
  { SETTING ("graph-neighbours", RUN, RESTART), WHOLE (10, 1, 1000), SLIDER (1, 30),
    WORDS (N_ ("Neighbours k"), N_ ("How many nearest inputs each input is joined to.")) },
  { SETTING ("online", RUN, RESTART), SWITCH (FALSE),
    WORDS (N_ ("Online"),
           N_ ("Data arrive in their order and each is used once; the run ends when they end.")) },
  { SETTING ("online-group", RUN, RESTART), WHOLE (1, 1, G_MAXINT),
    WORDS (N_ ("Online group"), N_ ("How many data arrive at a time, online.")) },
  { SETTING ("threads", RUN, RESTART), WHOLE (0, 0, 1024),
    WORDS (N_ ("Threads"),
           N_ ("Processor cores to use; 0 is all, and the numbers do not depend on it.")) },
  { HIDDEN ("evaluate-every", RUN, CONTROL), WHOLE (0, 0, 1e9),
    WORDS (
      N_ ("Evaluate every"),
      N_ ("Steps between two looks at the losses on all rows; 0 chooses by the batch size.")) },

  { BASIC ("learning-rate", DESCENT, LIVE), NUMBER (0.05, 0, 1e6), LOG_SLIDER (1e-4, 1),
    WORDS (N_ ("Learning rate h"), N_ ("Step size of gradient descent.")) },
  { SETTING ("learning-rate-schedule", DESCENT, LIVE), CHOICE (schedule, EKL_SCHEDULE_CONSTANT),
    WORDS (N_ ("Schedule"), N_ ("How the learning rate changes with the steps.")) },
  { SETTING ("learning-rate-period", DESCENT, LIVE), WHOLE (100, 1, 1e9), LOG_SLIDER (10, 10000),
    WORDS (N_ ("Schedule period"),
           N_ ("Steps n0 of the schedule: h/(1+n/n0), halved every n0, or one cosine wave.")) },
  { SETTING ("optimizer", DESCENT, LIVE), CHOICE (optimizer, EKL_OPTIMIZER_GD),
    WORDS (N_ ("Optimizer"), N_ ("How a gradient becomes a step.")) },
  { SETTING ("l2", DESCENT, LIVE), NUMBER (0, 0, 1e6), SLIDER (0, 0.1),
    WORDS (N_ ("Weight decay λ"), N_ ("Adds λ|u|² to the loss of gradient descent.")) },
  { SETTING ("start", DESCENT, RESTART), TEXT ("particle:1", EKL_START_FORM),
    .check = ekl_start_check,
    WORDS (N_ ("Start"),
           N_ ("Where gradient descent starts: a particle of the ensemble, or the ensemble's "
               "mean.")) },
  { HIDDEN ("initial-parameters", DESCENT, RESTART), TEXT ("", "an .npy file"), .is_path = TRUE,
    WORDS (N_ ("Initial parameters"),
           N_ ("An .npy file of P numbers that gradient descent starts from, instead.")) },

  { SETTING ("form", ENSEMBLE, LIVE), CHOICE (form, EKL_FORM_KALMAN),
    WORDS (N_ ("Form"),
           N_ ("The Kalman update, an Euler step of its continuous form, the square-root filter "
               "without noise, or the Langevin sampler of the posterior.")) },
  { BASIC ("ensemble-size", ENSEMBLE, LIVE), WHOLE (50, 2, 100000), LOG_SLIDER (2, 1000),
    WORDS (N_ ("Particles J"), N_ ("How many particles the ensemble has.")) },
  { BASIC ("noise-std", ENSEMBLE, LIVE), NUMBER (0.3, ABOVE_ZERO, 1e6), LOG_SLIDER (0.01, 10),
    .adapts = TRUE, .list = "noise-std-list",
    WORDS (N_ ("Noise γ"),
           N_ ("Standard deviation of the observation noise: Γ = γ²I; "
               "classes take 0.1 unless this is set.")) },
  { HIDDEN ("noise-std-list", ENSEMBLE, LIVE), TEXT ("", EKL_NUMBERS_FORM),
    .check = ekl_numbers_check,
    WORDS (N_ ("Noise by output"),
           N_ ("Standard deviations of the noise, one for each output, instead of one for all; "
               "also as a list in noise-std.")) },
  { HIDDEN ("noise-covariance", ENSEMBLE, RESTART), TEXT ("", "an .npy file"), .is_path = TRUE,
    WORDS (N_ ("Noise covariance"),
           N_ ("An .npy file of shape (m, m): the covariance of the noise of the m outputs of a "
               "datum, instead of noise-std.")) },
  { SETTING ("step-rule", ENSEMBLE, LIVE), CHOICE (step_rule, EKL_STEP_RULE_MISFIT),
    WORDS (N_ ("Step rule"),
           N_ ("A fixed step h, or one chosen at every step: from the particles' misfit, or for "
               "the Euler form by Kovachki and Stuart.")) },
  { SETTING ("step-size", ENSEMBLE, LIVE), NUMBER (1, ABOVE_ZERO, 1e6), LOG_SLIDER (0.001, 10),
    .adapts = TRUE,
    WORDS (N_ ("Step h"),
           N_ ("Step size of the fixed step rule; Kovachki and Stuart's h0, which is 2 unless this "
               "is set.")) },
  { SETTING ("step-size-schedule", ENSEMBLE, LIVE), CHOICE (schedule, EKL_SCHEDULE_CONSTANT),
    WORDS (N_ ("Step schedule"),
           N_ ("How h of the fixed step rule, or Kovachki and Stuart's h0, changes with the "
               "steps.")) },
  { SETTING ("step-size-period", ENSEMBLE, LIVE), WHOLE (100, 1, 1e9), LOG_SLIDER (10, 10000),
    WORDS (N_ ("Step period"),
           N_ ("Steps n0 of that schedule: h/(1+n/n0), halved every n0, or one cosine wave.")) },
  { SETTING ("stop-time", ENSEMBLE, LIVE), NUMBER (0, 0, 1e9), SLIDER (0, 10),
    WORDS (N_ ("Stop time T"),
           N_ ("EKI stops when its steps add up to this; 0 goes on, 1 is the posterior.")) },
  { SETTING ("perturb-observations", ENSEMBLE, LIVE), SWITCH (FALSE),
    WORDS (N_ ("Perturbed observations"),
           N_ ("Every particle sees its own noisy observations at every step.")) },
  { SETTING ("weight-noise", ENSEMBLE, LIVE), NUMBER (0.05, 0, 100), SLIDER (0, 0.5),
    WORDS (N_ ("Weight noise"),
           N_ ("Noise added to every particle before a step, in prior standard deviations.")) },
  { SETTING ("redraw", ENSEMBLE, LIVE), NUMBER (0, 0, 100), SLIDER (0, 1),
    WORDS (N_ ("Redraw"),
           N_ ("Before a step the particles are drawn anew about their mean, with this many prior "
               "standard deviations; 0 keeps them.")) },
  { HIDDEN ("respread", ENSEMBLE, LIVE), WHOLE (0, 0, 1e6),
    WORDS (
      N_ ("Re-spread"),
      N_ ("Counts re-spreads of a run: when it grows, the particles are drawn anew about their "
          "mean, once, with 0.3 prior standard deviations.")) },
  { SETTING ("redraw-at", ENSEMBLE, LIVE), CHOICE (redraw_time, EKL_REDRAW_STEP),
    WORDS (N_ ("Redraw at"),
           N_ ("Whether the particles are drawn anew before every step, or at the end of every "
               "epoch.")) },
  { SETTING ("inflation", ENSEMBLE, LIVE), NUMBER (0, 0, 100), SLIDER (0, 0.1),
    WORDS (N_ ("Inflation"),
           N_ ("Before a step the distances from the mean grow by this share; it stays in the span "
               "of the particles.")) },
  { SETTING ("momentum-eki", ENSEMBLE, LIVE), CHOICE (momentum, EKL_MOMENTUM_NONE),
    WORDS (N_ ("Momentum"),
           N_ ("Nesterov's, particle by particle; observations are not perturbed with it.")) },
  { SETTING ("prior-term", ENSEMBLE, LIVE), SWITCH (FALSE),
    WORDS (N_ ("Prior term"),
           N_ ("The prior also pulls the particles at every step, as weight decay does (TEKI).")) },
  { HIDDEN ("initial-ensemble", ENSEMBLE, RESTART), TEXT ("", "an .npy file"), .is_path = TRUE,
    WORDS (N_ ("Initial ensemble"),
           N_ ("An .npy file of shape (J, P) that the particles start from, instead of the "
               "prior.")) },

  { BASIC ("prior-weight-std", PRIOR, PRIOR), NUMBER (1, 0, 1000), LOG_SLIDER (0.05, 5),
    WORDS (N_ ("Weight spread"),
           N_ ("Standard deviation of the prior's weights, before the scaling by layer.")) },
  { SETTING ("prior-bias-std", PRIOR, PRIOR), NUMBER (0.1, 0, 1000), SLIDER (0, 2),
    WORDS (N_ ("Bias spread"), N_ ("Standard deviation of the prior's biases.")) },
  { SETTING ("prior-mean", PRIOR, PRIOR), NUMBER (0, -1000, 1000), SLIDER (-2, 2),
    WORDS (N_ ("Mean"), N_ ("Mean of every parameter under the prior.")) },
  { SETTING ("prior-shape", PRIOR, PRIOR), CHOICE (prior_shape, EKL_PRIOR_NORMAL),
    WORDS (N_ ("Shape"), N_ ("Normal, or uniform of the same variance.")) },
  { SETTING ("prior-scaling", PRIOR, PRIOR), CHOICE (prior_scaling, EKL_PRIOR_SCALING_FAN_IN),
    WORDS (N_ ("Scaling"),
           N_ ("By fan-in divides a layer's weights by the root of its inputs; "
               "none gives every parameter the same spread.")) },
};

/* clang-format on */

const EklSettingSpec *
ekl_setting_table (guint *n)
{
  *n = G_N_ELEMENTS (table);
  return table;
}

/* The line of that name; NULL where there is none. */
const EklSettingSpec *
ekl_setting_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].info.name, name))
      return &table[i];
  return NULL;
}

/* Two numbers are the same where all their bits are: any other makes another run. */
static GParamSpec *
make_exact (GParamSpec *pspec)
{
  G_PARAM_SPEC_DOUBLE (pspec)->epsilon = 0;
  return pspec;
}

/* The GParamSpec of one line of the table; floating. */
GParamSpec *
ekl_setting_make_pspec (const EklSettingSpec *self)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const char *name = self->info.name;
  const char *nick = g_dgettext (EKL_GETTEXT_DOMAIN, self->nick);
  const char *blurb = g_dgettext (EKL_GETTEXT_DOMAIN, self->blurb);

  switch (self->kind) {
  case EKL_SETTING_NUMBER:
    return make_exact (
      g_param_spec_double (name, nick, blurb, self->low, self->high, self->value, flags));
  case EKL_SETTING_WHOLE:
    return g_param_spec_uint (name, nick, blurb, (guint) self->low, (guint) self->high,
                              (guint) self->value, flags);
  case EKL_SETTING_SWITCH:
    return g_param_spec_boolean (name, nick, blurb, self->value != 0, flags);
  case EKL_SETTING_CHOICE:
    return g_param_spec_enum (name, nick, blurb, self->get_type (), (int) self->value, flags);
  case EKL_SETTING_CHOICES:
    return g_param_spec_flags (name, nick, blurb, self->get_type (), (guint) self->value, flags);
  case EKL_SETTING_TEXT:
  default:
    return g_param_spec_string (name, nick, blurb, self->text, flags);
  }
}

static const struct {
  const char *name;
  const char *title;
} groups[EKL_SETTING_N_GROUPS] = {
  { "data", N_ ("Data") },
  { "network", N_ ("Network") },
  { "run", N_ ("Run") },
  { "descent", N_ ("Gradient descent") },
  { "ensemble", N_ ("Ensemble Kalman") },
  { "prior", N_ ("Prior") },
};

/**
 * ekl_setting_group_get_title:
 *
 * Returns: the group's heading, for people
 */
const char *
ekl_setting_group_get_title (EklSettingGroup group)
{
  g_return_val_if_fail (group < EKL_SETTING_N_GROUPS, NULL);

  return g_dgettext (EKL_GETTEXT_DOMAIN, groups[group].title);
}

/**
 * ekl_setting_group_get_name:
 *
 * Returns: the group's name in experiment files
 */
const char *
ekl_setting_group_get_name (EklSettingGroup group)
{
  g_return_val_if_fail (group < EKL_SETTING_N_GROUPS, NULL);

  return groups[group].name;
}
