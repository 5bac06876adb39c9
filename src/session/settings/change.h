/* change.h - what was changed in the middle of a run, and at which step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The point of gradient descent, moved by hand; particles are "particle:1", "particle:2", ... */
#define EKL_CHANGE_DESCENT "descent"
#define EKL_CHANGE_PARTICLE "particle:"

/**
 * EklChange: acts when the run stands at its step, before the next one is taken.
 *
 * A setting gets another value; or, at step 0 only, a point of the start is moved by hand: then
 * "after" is its P numbers, separated by blanks.
 */
typedef struct {
  guint64 step;
  char *setting;   /* a setting's name, EKL_CHANGE_DESCENT, or EKL_CHANGE_PARTICLE and a number from 1 */
  char *before;    /* text; NULL: nobody knows any more */
  char *after;     /* text */
  gboolean unset;  /* the value is not somebody's choice, but what the data or a preset suggest */
} EklChange;

EklChange *ekl_change_new         (guint64           step,
                                   const char       *setting,
                                   const char       *before,
                                   const char       *after);
EklChange *ekl_change_new_point   (const char       *setting,
                                   const double     *u,
                                   gsize             n_parameters);
EklChange *ekl_change_copy        (const EklChange  *self);
void       ekl_change_free        (EklChange        *self);
gboolean   ekl_change_is_point    (const EklChange  *self);
gboolean   ekl_change_get_point   (const EklChange  *self,
                                   guint            *particle, /* 0: gradient descent's */
                                   double          **u,
                                   gsize            *n,
                                   GError          **error);
gboolean   ekl_change_check       (const EklChange  *self,
                                   GError          **error);

/* Lists of EklChange, in the order in which they act. */
GPtrArray *ekl_changes_new        (void);
GPtrArray *ekl_changes_copy       (GPtrArray        *self);
void       ekl_changes_simplify   (GPtrArray        *self);
void       ekl_changes_save       (GPtrArray        *self,
                                   GKeyFile         *file);
GPtrArray *ekl_changes_load       (GKeyFile         *file,
                                   char            **wrong, /* the group that is */
                                   GError          **error);
gboolean   ekl_changes_own_group  (const char       *group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklChange, ekl_change_free)

G_END_DECLS
