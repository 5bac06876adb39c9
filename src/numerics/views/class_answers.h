/* class_answers.h - which class networks say, of rows and of pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "predictions.h"

G_BEGIN_DECLS

EklConfusion   *ekl_confusion_new       (const EklPredictionsSource *source,
                                         EklForward                 *forward,
                                         GError                    **error);
EklConfusion   *ekl_confusion_copy      (const EklConfusion         *self,
                                         guint                       n_classes);
void            ekl_confusion_free      (EklConfusion               *self);

EklPicturePage *ekl_picture_page_new    (const EklPredictionsSource *source,
                                         EklForward                 *forward,
                                         guint                       max_particles,
                                         GError                    **error);
EklPicturePage *ekl_picture_page_copy   (const EklPicturePage       *self,
                                         guint                       n_classes);
void            ekl_picture_page_free   (EklPicturePage             *self);

/* Shared by both: */
void            ekl_classify            (const real                 *g,
                                         guint                       n_classes,
                                         gsize                       n,
                                         guint                      *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklConfusion, ekl_confusion_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPicturePage, ekl_picture_page_free)

G_END_DECLS
