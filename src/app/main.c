/* main.c - eki-lab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cpu.h"
#include "ekl-application.h"

#include <glib/gi18n.h>

int
main (int argc, char *argv[])
{
  g_autoptr (EklApplication) application = NULL;

  ekl_cpu_setup (argc, argv);
  bindtextdomain (EKL_GETTEXT_DOMAIN, EKL_LOCALE_DIR);
  bind_textdomain_codeset (EKL_GETTEXT_DOMAIN, "UTF-8");
  textdomain (EKL_GETTEXT_DOMAIN);

  application = ekl_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
