/* text_set.h - different texts, each with a number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EklTextSet EklTextSet;

EklTextSet *ekl_text_set_new     (void);
void        ekl_text_set_free    (EklTextSet       *self);
guint32     ekl_text_set_add     (EklTextSet       *self,
                                  const char       *text,
                                  gsize             length);
guint       ekl_text_set_get_n   (const EklTextSet *self);
const char *ekl_text_set_get     (const EklTextSet *self,
                                  guint32           code);
gsize       ekl_text_set_get_length (const EklTextSet *self,
                                  guint32           code);
guint32    *ekl_text_set_sort    (EklTextSet       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklTextSet, ekl_text_set_free)

G_END_DECLS
