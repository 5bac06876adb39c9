/* parameter_path.h - where a method has been: a thinned list of parameter vectors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

/**
 * EklParameterPath: (step, u) pairs of one method, at most `capacity` of them.
 *
 * When full, every second point goes and the stride doubles; the first and the newest point are always there.
 */
typedef struct _EklParameterPath EklParameterPath;

EklParameterPath *ekl_parameter_path_new        (gsize                   n_parameters,
                                                 guint                   capacity);
void              ekl_parameter_path_free       (EklParameterPath       *self);
void              ekl_parameter_path_append     (EklParameterPath       *self,
                                                 guint64                 step,
                                                 const real             *u);
guint             ekl_parameter_path_get_length (const EklParameterPath *self);
const real       *ekl_parameter_path_get_point  (const EklParameterPath *self,
                                                 guint                   i,
                                                 guint64                *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklParameterPath, ekl_parameter_path_free)

G_END_DECLS
