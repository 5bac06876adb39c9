/* setting_types.h - the choices of settings, as GTypes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_format.h"
#include "dataset.h"
#include "gradient_descent.h"
#include "history.h"
#include "kalman_inversion.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* A value's nick is its text on the command line and in files, its name is for people. */
GType ekl_task_get_type          (void);
GType ekl_standardize_get_type   (void);
GType ekl_missing_get_type       (void);
GType ekl_csv_encoding_get_type  (void);
GType ekl_csv_header_get_type    (void);
GType ekl_activation_get_type    (void);
GType ekl_loss_get_type          (void);
GType ekl_optimizer_get_type     (void);
GType ekl_schedule_get_type      (void);
GType ekl_form_get_type          (void);
GType ekl_step_rule_get_type     (void);
GType ekl_momentum_get_type      (void);
GType ekl_redraw_time_get_type   (void);
GType ekl_prior_shape_get_type   (void);
GType ekl_prior_scaling_get_type (void);

/* When the particles are drawn anew about their mean, [18]. */
typedef enum {
  EKL_REDRAW_STEP,
  EKL_REDRAW_EPOCH,
} EklRedrawTime;

typedef enum {
  EKL_METHOD_FLAG_EKI = 1 << EKL_METHOD_EKI,
  EKL_METHOD_FLAG_GD = 1 << EKL_METHOD_GD,
} EklMethodFlags;

GType ekl_method_flags_get_type  (void);

G_END_DECLS
