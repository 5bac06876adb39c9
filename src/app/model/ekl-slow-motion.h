/* ekl-slow-motion.h - steps told in their parts, one after the other, by key or by the clock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-workbench.h"

G_BEGIN_DECLS

#define EKL_TYPE_SLOW_MOTION (ekl_slow_motion_get_type ())
G_DECLARE_FINAL_TYPE (EklSlowMotion, ekl_slow_motion, EKL, SLOW_MOTION, GObject)

/**
 * EklSlowMotion: the engine takes a step as usual; what it leaves behind is shown part by part.
 * Main thread only. Signal:
 *   "changed" ()   another part, another moment of it, on or off
 */
EklSlowMotion  *ekl_slow_motion_new          (EklWorkbench  *workbench);
void            ekl_slow_motion_set_active   (EklSlowMotion *self,
                                              gboolean       active);
gboolean        ekl_slow_motion_is_active    (EklSlowMotion *self);
void            ekl_slow_motion_set_playing  (EklSlowMotion *self,
                                              gboolean       playing);
gboolean        ekl_slow_motion_is_playing   (EklSlowMotion *self);
void            ekl_slow_motion_set_pace     (EklSlowMotion *self,
                                              double         seconds); /* a part */
void            ekl_slow_motion_next         (EklSlowMotion *self);
void            ekl_slow_motion_finish       (EklSlowMotion *self);

const EklStory *ekl_slow_motion_get_story    (EklSlowMotion *self); /* NULL: nothing to tell */
guint           ekl_slow_motion_get_index    (EklSlowMotion *self);
gboolean        ekl_slow_motion_is_before    (EklSlowMotion *self); /* the ensemble has not moved yet */
gboolean        ekl_slow_motion_is_told      (EklSlowMotion *self);
EklPlane       *ekl_slow_motion_make_plane   (EklSlowMotion *self);
const EklPredictions *ekl_slow_motion_get_predictions (EklSlowMotion *self);

G_END_DECLS
