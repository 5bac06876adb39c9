/* ekl-remedy-bar.h - what could be done for an ensemble that is in trouble, as buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble_advice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EKL_TYPE_REMEDY_BAR (ekl_remedy_bar_get_type ())
G_DECLARE_FINAL_TYPE (EklRemedyBar, ekl_remedy_bar, EKL, REMEDY_BAR, GtkWidget)

/**
 * EklRemedyBar: nothing while all is well, else a button a remedy, which calls win.remedy.
 */
void       ekl_remedy_bar_set_advice (EklRemedyBar    *self,
                                      const EklAdvice *advice);

G_END_DECLS
