/* frame.c - one moment of a run, copied out for the pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "frame.h"

/**
 * ekl_frame_free:
 * @self: (nullable): a frame
 */
void
ekl_frame_free (EklFrame *self)
{
  if (self == NULL)
    return;
  ekl_plane_free (self->plane);
  ekl_predictions_free (self->predictions);
  ekl_ensemble_view_free (self->ensemble);
  ekl_advice_free (self->advice);
  ekl_selection_free (self->selection);
  ekl_story_free (self->story);
  g_free (self);
}
