/* fuzz-setting.c - any text for every setting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ekl-experiment.h"

/* What was taken is written as text that means the same. */
static void
check_again (EklExperiment *experiment, const char *name)
{
  g_autoptr (EklExperiment) other = ekl_experiment_new ();
  g_autofree char *text = ekl_experiment_get_text (experiment, name);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (other, name, text, &error);
  g_assert_no_error (error);
  again = ekl_experiment_get_text (other, name);
  g_assert_cmpstr (again, ==, text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  guint n_settings;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n_settings);
  const char *name = settings[fuzz_take_byte (&input) % n_settings].name;
  g_autofree char *text = fuzz_take_text (&input);
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  g_autofree char *before = ekl_experiment_get_text (experiment, name);
  g_autoptr (GError) error = NULL;

  if (ekl_experiment_set_text (experiment, name, text, &error)) {
    check_again (experiment, name);
    return 0;
  }
  g_autofree char *after = ekl_experiment_get_text (experiment, name);
  fuzz_check_refusal (error, EKL_SESSION_ERROR);
  g_assert_cmpstr (after, ==, before);
  return 0;
}
