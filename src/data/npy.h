/* npy.h - NumPy's .npy files of doubles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

#define EKL_NPY_MAX_DIMENSIONS 4

typedef struct {
  guint n_dimensions;
  gsize shape[EKL_NPY_MAX_DIMENSIONS];
  double *values; /* C order, owned */
} EklArray;

EklArray *ekl_array_new  (guint           n_dimensions,
                          const gsize    *shape);
void      ekl_array_free (EklArray       *self);
gsize     ekl_array_get_n_values (const EklArray *self);

EklArray *ekl_npy_read   (const char     *path,
                          GError        **error);
EklArray *ekl_npy_read_bytes (const guint8 *bytes,
                          gsize           size,
                          const char     *name,
                          GError        **error);
gboolean  ekl_npy_write  (const char     *path,
                          guint           n_dimensions,
                          const gsize    *shape,
                          const double   *values,
                          GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklArray, ekl_array_free)

G_END_DECLS
