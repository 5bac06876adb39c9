/* setting_types.c - the choices of settings, as GTypes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "setting_types.h"

/* clang-format off: one choice a line reads as the table it is */

G_DEFINE_ENUM_TYPE (EklTask,
                    ekl_task,
                    { EKL_TASK_AUTO, "Automatic", "auto" },
                    { EKL_TASK_REGRESSION, "Regression", "regression" },
                    { EKL_TASK_CLASSIFICATION, "Classification", "classification" })

G_DEFINE_ENUM_TYPE (EklStandardize,
                    ekl_standardize,
                    { EKL_STANDARDIZE_ALL, "Inputs and outputs", "all" },
                    { EKL_STANDARDIZE_INPUTS, "Inputs", "inputs" },
                    { EKL_STANDARDIZE_NONE, "None", "none" })

G_DEFINE_ENUM_TYPE (EklMissing,
                    ekl_missing,
                    { EKL_MISSING_DROP, "Drop the row", "drop" },
                    { EKL_MISSING_MEAN, "Mean", "mean" },
                    { EKL_MISSING_MODE, "Most frequent", "mode" })

G_DEFINE_ENUM_TYPE (EklCsvEncoding,
                    ekl_csv_encoding,
                    { EKL_CSV_ENCODING_AUTOMATIC, "Automatic", "auto" },
                    { EKL_CSV_ENCODING_UTF_8, "UTF-8", "UTF-8" },
                    { EKL_CSV_ENCODING_UTF_16LE, "UTF-16LE", "UTF-16LE" },
                    { EKL_CSV_ENCODING_UTF_16BE, "UTF-16BE", "UTF-16BE" },
                    { EKL_CSV_ENCODING_WINDOWS_1252, "Windows-1252", "WINDOWS-1252" })

G_DEFINE_ENUM_TYPE (EklCsvHeader,
                    ekl_csv_header,
                    { EKL_CSV_HEADER_AUTOMATIC, "Automatic", "auto" },
                    { EKL_CSV_HEADER_NO, "No", "no" },
                    { EKL_CSV_HEADER_YES, "Yes", "yes" })

G_DEFINE_ENUM_TYPE (EklActivation,
                    ekl_activation,
                    { EKL_ACTIVATION_TANH, "tanh", "tanh" },
                    { EKL_ACTIVATION_RELU, "ReLU", "relu" },
                    { EKL_ACTIVATION_SIGMOID, "Sigmoid", "sigmoid" },
                    { EKL_ACTIVATION_IDENTITY, "Identity", "identity" },
                    { EKL_ACTIVATION_STEP, "Step", "step" })

G_DEFINE_ENUM_TYPE (EklLoss,
                    ekl_loss,
                    { EKL_LOSS_SQUARED, "Squared", "squared" },
                    { EKL_LOSS_CROSS_ENTROPY, "Cross-entropy", "cross-entropy" })

G_DEFINE_ENUM_TYPE (EklOptimizer,
                    ekl_optimizer,
                    { EKL_OPTIMIZER_GD, "Gradient descent", "gd" },
                    { EKL_OPTIMIZER_MOMENTUM, "Momentum", "momentum" },
                    { EKL_OPTIMIZER_NESTEROV, "Nesterov", "nesterov" },
                    { EKL_OPTIMIZER_ADAM, "Adam", "adam" })

G_DEFINE_ENUM_TYPE (EklSchedule,
                    ekl_schedule,
                    { EKL_SCHEDULE_CONSTANT, "Constant", "constant" },
                    { EKL_SCHEDULE_INVERSE, "Inverse decay", "inverse" },
                    { EKL_SCHEDULE_STEP, "Halving", "step" },
                    { EKL_SCHEDULE_COSINE, "Cosine", "cosine" })

G_DEFINE_ENUM_TYPE (EklForm,
                    ekl_form,
                    { EKL_FORM_KALMAN, "Kalman", "kalman" },
                    { EKL_FORM_EULER, "Euler", "euler" },
                    { EKL_FORM_ETKI, "Square root (ETKI)", "etki" },
                    { EKL_FORM_ALDI, "Langevin (ALDI)", "aldi" })

G_DEFINE_ENUM_TYPE (EklStepRule,
                    ekl_step_rule,
                    { EKL_STEP_RULE_FIXED, "Fixed", "fixed" },
                    { EKL_STEP_RULE_MISFIT, "Misfit", "misfit" },
                    { EKL_STEP_RULE_KOVACHKI_STUART, "Kovachki–Stuart", "kovachki-stuart" })

G_DEFINE_ENUM_TYPE (EklMomentum,
                    ekl_momentum,
                    { EKL_MOMENTUM_NONE, "None", "none" },
                    { EKL_MOMENTUM_NESTEROV, "Nesterov", "nesterov" })

G_DEFINE_ENUM_TYPE (EklRedrawTime,
                    ekl_redraw_time,
                    { EKL_REDRAW_STEP, "Every step", "step" },
                    { EKL_REDRAW_EPOCH, "Every epoch", "epoch" })

G_DEFINE_ENUM_TYPE (EklPriorShape,
                    ekl_prior_shape,
                    { EKL_PRIOR_NORMAL, "Normal", "normal" },
                    { EKL_PRIOR_UNIFORM, "Uniform", "uniform" })

G_DEFINE_ENUM_TYPE (EklPriorScaling,
                    ekl_prior_scaling,
                    { EKL_PRIOR_SCALING_FAN_IN, "By fan-in", "fan-in" },
                    { EKL_PRIOR_SCALING_NONE, "None", "none" })

G_DEFINE_FLAGS_TYPE (EklMethodFlags,
                     ekl_method_flags,
                     { EKL_METHOD_FLAG_EKI, "Ensemble Kalman inversion", "eki" },
                     { EKL_METHOD_FLAG_GD, "Gradient descent", "gd" })
