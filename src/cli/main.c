/* main.c - eki-lab-cli
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands.h"
#include "cpu.h"

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);

  return ekl_cli_main (argc, argv);
}
