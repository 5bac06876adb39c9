/* interrupt.h - Ctrl+C as a question that the training loop asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ekl_interrupt_watch      (void);
int  ekl_interrupt_get_signal (void);

G_END_DECLS
