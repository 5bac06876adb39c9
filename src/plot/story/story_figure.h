/* story_figure.h - slow motion: the parts of a step, its formula with the lit term, what happens in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

G_BEGIN_DECLS

double  ekl_story_strip_height (const EklTheme *theme,
                                double          width,
                                const EklStory *story);
void    ekl_story_draw_strip   (cairo_t        *cr,
                                double          width,
                                double          height,
                                const EklTheme *theme,
                                const EklStory *story,
                                guint           index);
gboolean ekl_story_has_ensemble_picture (const EklStory *story,
                                         guint           index);
const char *ekl_phase_get_name (EklPhase        phase);
char   *ekl_story_describe     (const EklStory *story,
                                guint           index);

G_END_DECLS
