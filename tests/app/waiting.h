/* waiting.h - the main loop, until something is so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define PATIENCE_US (120 * G_USEC_PER_SEC)

/* Runs the main loop until the condition holds; fails the test when it never does. */
#define wait_until(condition)                                                                     \
  G_STMT_START {                                                                                  \
    const gint64 wait_end_ = g_get_monotonic_time () + PATIENCE_US;                               \
    while (!(condition)) {                                                                        \
      if (g_get_monotonic_time () > wait_end_)                                                    \
        g_error ("line %d: never so: %s", __LINE__, #condition);                                  \
      if (!g_main_context_iteration (NULL, FALSE))                                                \
        g_usleep (1000);                                                                          \
    }                                                                                             \
  }                                                                                               \
  G_STMT_END

/* Lets everything happen that happens in that time. */
static inline void
wait_ms (guint milliseconds)
{
  const gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}
