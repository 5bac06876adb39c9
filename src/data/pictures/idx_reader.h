/* idx_reader.h - IDX files of bytes, the format of MNIST's pictures and labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "read_progress.h"
#include "table.h"

G_BEGIN_DECLS

#define EKL_IDX_MAX_DIMENSIONS 3

typedef struct {
  guint n_dimensions;
  guint size[EKL_IDX_MAX_DIMENSIONS];
  gsize n_values; /* the product of the sizes, more than 0 */
  guint8 *values; /* the last dimension is contiguous; owned */
} EklIdx;

EklIdx  *ekl_idx_read        (GFile            *file,
                              guint             n_dimensions,
                              EklProgressFunc   progress,
                              gpointer          user_data,
                              GCancellable     *cancellable,
                              GError          **error);
EklIdx  *ekl_idx_read_stream (GInputStream     *stream,
                              const char       *name,
                              guint             n_dimensions,
                              EklProgressFunc   progress,
                              gpointer          user_data,
                              GCancellable     *cancellable,
                              GError          **error);
gboolean ekl_idx_read_head   (GFile            *file,
                              guint             n_dimensions,
                              EklIdx           *head,
                              GCancellable     *cancellable,
                              GError          **error);
void     ekl_idx_free        (EklIdx           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklIdx, ekl_idx_free)

G_END_DECLS
