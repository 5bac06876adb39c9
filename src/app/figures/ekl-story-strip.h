/* ekl-story-strip.h - slow motion's strip: as high as its sentences are where they have so much width
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-slow-motion.h"
#include "story_figure.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EKL_TYPE_STORY_STRIP (ekl_story_strip_get_type ())
G_DECLARE_FINAL_TYPE (EklStoryStrip, ekl_story_strip, EKL, STORY_STRIP, GtkWidget)

GtkWidget *ekl_story_strip_new        (void);
void       ekl_story_strip_set_motion (EklStoryStrip  *self,
                                       EklSlowMotion  *motion);
void       ekl_story_strip_set_theme  (EklStoryStrip  *self,
                                       const EklTheme *theme);

G_END_DECLS
