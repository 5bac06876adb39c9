/* story_private.h - the pieces of slow motion's pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure_private.h"
#include "story_figure.h"

G_BEGIN_DECLS

/* A piece of a formula, in Pango markup, and the phases in which it is lit. */
typedef struct {
  const char *markup;
  guint phases; /* bits 1 << EklPhase */
} EklTerm;

/* story_words.c */
const EklTerm *ekl_story_get_formula (const EklStory *story,
                                      EklPhase        phase,
                                      guint          *n);
gboolean       ekl_phase_is_descent  (EklPhase        phase);

/* story_plane.c, for the parameter plane: its axes hold all of the step, and over its particles */
void           ekl_story_extend      (const EklStory      *story,
                                      double               margin,
                                      EklRange            *x,
                                      EklRange            *y);
void           ekl_story_draw_plane  (EklChart            *chart,
                                      EklCanvas           *canvas,
                                      const EklFigureData *data);

/* story_ensemble.c, in place of the ensemble's figure; FALSE: nothing to show in this phase */
gboolean       ekl_story_draw_ensemble (EklCanvas              *canvas,
                                        const EklFigureOptions *options,
                                        const EklFigureData    *data);

G_END_DECLS
