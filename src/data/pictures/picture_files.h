/* picture_files.h - which of a folder's files are pictures and labels, to train on and to validate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "idx_reader.h"

G_BEGIN_DECLS

typedef enum {
  EKL_PICTURES_TRAINING,
  EKL_PICTURES_VALIDATION,
  EKL_PICTURES_N_SETS,
} EklPictureSetKind;

/* Heads only: there are no values yet. */
typedef struct {
  GFile *images_file;
  GFile *labels_file;
  EklIdx images;
  EklIdx labels;
} EklPicturePair;

typedef struct {
  EklPicturePair pair[EKL_PICTURES_N_SETS];
} EklPictureFiles;

gboolean ekl_picture_files_find  (EklPictureFiles  *self,
                                  GFile            *folder,
                                  const char       *name,
                                  GCancellable     *cancellable,
                                  GError          **error);
void     ekl_picture_files_clear (EklPictureFiles  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklPictureFiles, ekl_picture_files_clear)

G_END_DECLS
