/* interrupt.c - Ctrl+C as a question that the training loop asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "interrupt.h"

#include <signal.h>

/* A signal handler can reach nothing but a global. */
static volatile sig_atomic_t received;

static void
remember_cb (int number)
{
  received = number;
}

/**
 * ekl_interrupt_watch:
 *
 * From now on the first Ctrl+C (SIGINT), or a polite kill (SIGTERM), is only remembered; a second
 * one ends the program at once, for a user who does not want to wait for the step to end.
 */
void
ekl_interrupt_watch (void)
{
  struct sigaction action = { .sa_handler = remember_cb, .sa_flags = SA_RESTART | SA_RESETHAND };

  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

/**
 * ekl_interrupt_get_signal:
 *
 * Returns: the number of the signal that asked to stop, or 0
 */
int
ekl_interrupt_get_signal (void)
{
  return received;
}
