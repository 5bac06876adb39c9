/* ekl-story-bar.h - slow motion's strip with its buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-slow-motion.h"
#include "theme.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EKL_TYPE_STORY_BAR (ekl_story_bar_get_type ())
G_DECLARE_FINAL_TYPE (EklStoryBar, ekl_story_bar, EKL, STORY_BAR, GtkBox)

/**
 * EklStoryBar: its buttons call win.slow-play, win.slow-next and win.slow-motion.
 */
void       ekl_story_bar_set_motion (EklStoryBar    *self,
                                     EklSlowMotion  *motion);
const char *ekl_story_bar_get_words (EklStoryBar   *self);
void       ekl_story_bar_set_theme  (EklStoryBar    *self,
                                     const EklTheme *theme);

G_END_DECLS
