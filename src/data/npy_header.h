/* npy_header.h - the dictionary at the head of a .npy file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "npy.h"

G_BEGIN_DECLS

typedef struct {
  guint item_size;         /* 4 or 8 bytes */
  gboolean big_endian;
  gboolean fortran_order;
  guint n_dimensions;
  gsize shape[EKL_NPY_MAX_DIMENSIONS];
  gsize n_values;          /* their product */
} EklNpyHeader;

gboolean ekl_npy_header_parse  (EklNpyHeader  *self,
                                const char    *text,
                                char         **problem);
char    *ekl_npy_header_format (guint          n_dimensions,
                                const gsize   *shape);

G_END_DECLS
