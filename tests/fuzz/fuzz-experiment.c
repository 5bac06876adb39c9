/* fuzz-experiment.c - any bytes as an experiment file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ekl-experiment.h"

#include <sys/mman.h>
#include <unistd.h>

/* A file in memory, one for all runs: only a path can be loaded. */
static const char *
write_file (const guint8 *bytes, gsize n)
{
  static char *path;
  static int descriptor;

  if (path == NULL) {
    descriptor = memfd_create ("f.ekilab", MFD_CLOEXEC);
    g_assert_cmpint (descriptor, >=, 0);
    path = g_strdup_printf ("/proc/self/fd/%d", descriptor);
  }
  g_assert_cmpint (ftruncate (descriptor, 0), ==, 0);
  g_assert_cmpint (pwrite (descriptor, bytes, n, 0), ==, (gssize) n);
  return path;
}

static void
check_settings (EklExperiment *experiment)
{
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);

  for (guint k = 0; k < n; k++) {
    g_autofree char *text = ekl_experiment_get_text (experiment, settings[k].name);
    g_autoptr (GError) error = NULL;

    ekl_experiment_set_text (experiment, settings[k].name, text, &error);
    g_assert_no_error (error);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  const char *path = write_file (bytes, n);
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;

  if (ekl_experiment_load (experiment, path, &error))
    check_settings (experiment);
  else
    fuzz_check_refusal (error, EKL_SESSION_ERROR);
  return 0;
}
