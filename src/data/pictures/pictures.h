/* pictures.h - small grey pictures with labels, as the folders of MNIST and its like hold them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "class_labels.h"
#include "dataset.h"
#include "idx_reader.h"

G_BEGIN_DECLS

typedef struct {
  EklIdx *images; /* (n, height, width) */
  EklIdx *labels; /* (n) */
} EklPictureSet;

typedef struct {
  char *name;
  EklPictureSet training;
  EklPictureSet validation;      /* the test set that comes with them; pictures of the same size */
  guint n_classes;
  guint8 label[EKL_MAX_CLASSES]; /* of each class, ascending */
  const char *const *class_names; /* (n_classes); NULL: the labels are the names */
} EklPictures;

EklPictures *ekl_pictures_read_folder   (GFile                 *folder,
                                         const char            *name,
                                         EklProgressFunc        progress,
                                         gpointer               user_data,
                                         GCancellable          *cancellable,
                                         GError               **error);
void         ekl_pictures_free          (EklPictures           *self);
EklDataset  *ekl_pictures_make_dataset  (const EklPictures     *self,
                                         const EklDataOptions  *options,
                                         GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPictures, ekl_pictures_free)

G_END_DECLS
