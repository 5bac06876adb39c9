/* test-memory.c - no memory is asked for inside a step, and none that is refused breaks anything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program has its own malloc() and its like, which every library that it uses calls: they count,
 * and refuse where they are told to. A sanitizer brings its own, and then there is nothing to test.
 */
#include "run-fixture.h"

#include "cpu.h"
#include "ensemble_view.h"
#include "errors.h"
#include "inversion_private.h"

#include <errno.h>
#include <link.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature (name)
#else
#define HAS_FEATURE(name) 0
#endif

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) &&       \
  !HAS_FEATURE(address_sanitizer) && !HAS_FEATURE(thread_sanitizer)
#define COUNTS 1
#else
#define COUNTS 0
#endif

#if COUNTS

static atomic_int n_calls; /* of any of them, while counting */
static atomic_int counting;
static atomic_int n_left = -1; /* large arrays until one is refused; negative: none is */

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *memory, size_t size);
extern void *__libc_memalign (size_t alignment, size_t size);

/* OpenBLAS asks for a few bytes in its products of small matrices; that is not ours to mend. */
static guintptr blas_start, blas_end;

static int
find_blas (struct dl_phdr_info *info, size_t size, void *data)
{
  if (info->dlpi_name == NULL || strstr (info->dlpi_name, "libopenblas") == NULL)
    return 0;
  for (int i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_LOAD && (info->dlpi_phdr[i].p_flags & PF_X) != 0) {
      blas_start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
      blas_end = blas_start + info->dlpi_phdr[i].p_memsz;
    }
  return 1;
}

static void
note (void *caller)
{
  const guintptr place = (guintptr) caller;

  if (atomic_load (&counting) && !(place >= blas_start && place < blas_end))
    atomic_fetch_add (&n_calls, 1);
}

void *
malloc (size_t size)
{
  note (__builtin_return_address (0));
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  note (__builtin_return_address (0));
  return __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  note (__builtin_return_address (0));
  return __libc_realloc (memory, size);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  note (__builtin_return_address (0));
  return __libc_memalign (alignment, size);
}

/* The arrays of the mathematics come from here, and only they are checked for NULL: GLib ends the
 * program where a few bytes for a string cannot be had. */
int
posix_memalign (void **memory, size_t alignment, size_t size)
{
  note (__builtin_return_address (0));
  if (atomic_load (&n_left) >= 0 && atomic_fetch_sub (&n_left, 1) == 0)
    return ENOMEM;
  *memory = __libc_memalign (alignment, size);
  return *memory != NULL ? 0 : ENOMEM;
}

static int
count_calls_of_steps (EklRun *run, guint n)
{
  atomic_store (&n_calls, 0);
  atomic_store (&counting, 1);
  for (guint k = 0; k < n; k++)
    if (!ekl_run_step (run))
      break;
  atomic_store (&counting, 0);
  return atomic_load (&n_calls);
}

/* The counting itself: a test that cannot fail is none. */
static void
test_counts (void)
{
  void *volatile memory;

  atomic_store (&n_calls, 0);
  atomic_store (&counting, 1);
  memory = g_malloc (100);
  atomic_store (&counting, 0);
  g_free (memory);
  g_assert_cmpint (atomic_load (&n_calls), ==, 1);
}

/* Every form, rule and term, with and without batches: whatever a step wants is there before it. The
 * first steps may still make what the settings have asked for. */
static void
test_no_allocation (Fixture *fixture, gconstpointer example)
{
  static const char *const variants[][9] = {
    { NULL },
    { "form", "euler", "step-rule", "kovachki-stuart" },
    { "form", "etki" },
    { "form", "aldi", "step-rule", "fixed", "step-size", "0.001" },
    { "perturb-observations", "yes", "ensemble-size", "20" },
    { "perturb-observations", "yes", "ensemble-size", "500" },
    { "momentum-eki", "nesterov", "optimizer", "nesterov" },
    { "prior-term", "yes", "optimizer", "adam" },
    { "inflation", "0.01", "redraw", "0.1", "optimizer", "momentum" },
    { "batch-size", "50" },
    { "labelled-fraction", "0.3", "graph-weight", "1" },
    { "layers", "32,32", "threads", "4" },
    { "activation", "step" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (variants); k++) {
    g_autoptr (EklExperiment) experiment = ekl_experiment_copy (fixture->experiment);
    g_autoptr (GError) error = NULL;
    g_autoptr (EklRun) run = NULL;

    set_all (experiment, variants[k]);
    run = ekl_run_new (experiment, fixture->dataset, &error);
    g_assert_no_error (error);
    step (run, 3);
    g_test_message ("%s", variants[k][0] != NULL ? variants[k][0] : "as it comes");
    g_assert_cmpint (count_calls_of_steps (run, 20), ==, 0);
  }
}

/* The same where the outputs of a step come in parts. */
static void
test_no_allocation_in_parts (Fixture *fixture, gconstpointer example)
{
  set_all (fixture->experiment, (const char *[]){ "ensemble-size", "20", NULL });
  ekl_inversion_set_part_bytes (1);
  test_no_allocation (fixture, example);
  ekl_inversion_set_part_bytes (0);
}

/* Of the estimate, what only the window asks for: the looks at the ensemble. */
static double
bytes_of_looks (EklExperiment *experiment, EklDataset *dataset)
{
  const double j = ekl_experiment_get_uint (experiment, "ensemble-size");
  EklNetwork network;

  g_assert_true (ekl_experiment_get_network (experiment, dataset, &network, NULL));
  if (!ekl_subspace_is_small ((guint) j, network.n_parameters))
    return 0;
  return 3 * j * (double) network.n_parameters * sizeof (real) + 3 * j * j * 8;
}

/* What a run is said to need, before it is made, and what its arrays take then, when the particles of
 * the start are gone. The large arrays count: a megabyte is the pictures' and GLib's. */
static void
test_estimate (Fixture *fixture, gconstpointer example)
{
  static const char *const variants[][9] = {
    { "ensemble-size", "3000" },
    { "ensemble-size", "400", "layers", "64,64" },
    { "ensemble-size", "400", "layers", "64,64", "prior-term", "yes" },
    { "ensemble-size", "400", "layers", "64,64", "momentum-eki", "nesterov" },
    { "ensemble-size", "300", "layers", "64,64", "perturb-observations", "yes" },
    { "ensemble-size", "700", "form", "euler" },
    { "ensemble-size", "700", "form", "etki" },
    { "ensemble-size", "500", "form", "aldi", "layers", "64,64" },
    { "ensemble-size", "500", "labelled-fraction", "0.3", "graph-weight", "1" },
  };

  for (guint in_parts = 0; in_parts <= 1; in_parts++)
    for (guint k = 0; k < G_N_ELEMENTS (variants); k++) {
      g_autoptr (EklExperiment) experiment = ekl_experiment_copy (fixture->experiment);
      g_autoptr (GError) error = NULL;
      g_autoptr (EklRun) run = NULL;
      double said, taken;

      ekl_inversion_set_part_bytes (in_parts ? 400000 : 0);
      set_all (experiment, (const char *[]){ "methods", "eki", "threads", "2", NULL });
      set_all (experiment, variants[k]);
      said = (double) ekl_run_estimate_bytes (experiment, fixture->dataset) -
             bytes_of_looks (experiment, fixture->dataset);
      taken = -(double) (mallinfo2 ().uordblks + mallinfo2 ().hblkhd);
      run = ekl_run_new (experiment, fixture->dataset, &error);
      g_assert_no_error (error);
      step (run, 2);
      taken += (double) (mallinfo2 ().uordblks + mallinfo2 ().hblkhd);
      g_test_message ("%s %s: %.0f of %.0f", variants[k][0], variants[k][1], taken, said);
      g_assert_cmpfloat (taken, <, 1.1 * said + (1 << 20));
      g_assert_cmpfloat (taken, >, said / 2 - (1 << 20));
    }
  ekl_inversion_set_part_bytes (0);
}

/* One array after the other is refused: an error each time, and in the end a run. */
static void
test_refused_start (Fixture *fixture, gconstpointer example)
{
  static const char *const forms[] = { "kalman", "euler", "etki", "aldi" };

  for (guint k = 0; k < G_N_ELEMENTS (forms); k++) {
    guint refused = 0;

    set_all (fixture->experiment,
             (const char *[]){ "form", forms[k], "prior-term", "yes", "batch-size", "64", NULL });
    for (;; refused++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (EklRun) run = NULL;

      atomic_store (&n_left, (int) refused);
      run = ekl_run_new (fixture->experiment, fixture->dataset, &error);
      atomic_store (&n_left, -1);
      if (run != NULL) {
        step (run, 2);
        break;
      }
      g_assert_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_NO_MEMORY);
      g_assert_nonnull (strstr (error->message, "fewer particles"));
    }
    g_assert_cmpuint (refused, >, 10);
  }
}

/* Another J whose memory cannot be had: said, and the run goes on as if nobody had asked. */
static void
test_refused_resize (Fixture *fixture, gconstpointer example)
{
  g_autoptr (EklRun) untouched = make_run (fixture);
  g_autofree double *rows = NULL;
  guint refused = 0;
  gsize n;

  step (untouched, 4);
  rows = get_rows (untouched, &n);
  for (;; refused++) {
    g_autoptr (EklRun) run = make_run (fixture);
    g_autoptr (GError) error = NULL;
    g_autofree double *same = NULL;
    EklEvent event = { 0 };
    gboolean done;

    step (run, 2);
    atomic_store (&n_left, (int) refused);
    done = set_uint (run, "ensemble-size", 90, &event, &error);
    atomic_store (&n_left, -1);
    if (done) {
      clear_event (&event);
      step (run, 2);
      break;
    }
    g_assert_nonnull (error);
    step (run, 2);
    same = get_rows (run, &n);
    g_assert_cmpmem (same, n * sizeof (double), rows, n * sizeof (double));
  }
  g_assert_cmpuint (refused, >, 5);
}

/* What a step itself would like to have, when a setting has changed: the method stands still. */
static void
test_refused_step (Fixture *fixture, gconstpointer example)
{
  static const char *const changes[][2] = {
    { "form", "etki" },
    { "form", "aldi" },
    { "prior-term", "yes" },
    { "perturb-observations", "yes" },
    { "momentum-eki", "nesterov" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (changes); k++)
    for (guint refused = 0; refused < 3; refused++) {
      g_autoptr (EklRun) run = make_run (fixture);
      g_autoptr (EklExperiment) changed = ekl_experiment_copy (fixture->experiment);
      g_autoptr (GError) error = NULL;
      EklEvent event = { 0 };

      step (run, 2);
      set_all (changed, (const char *[]){ changes[k][0], changes[k][1], NULL });
      atomic_store (&n_left, (int) refused);
      if (ekl_run_set (run, changes[k][0], ekl_experiment_get_value (changed, changes[k][0]),
                       &event, &error))
        ekl_run_step (run);
      else
        g_assert_nonnull (error);
      atomic_store (&n_left, -1);
      clear_event (&event);
      g_assert_cmpuint (ekl_run_get_record (run)->step, >=, 2);
      g_assert_false (get_record (run, EKL_METHOD_GD)->diverged);
      ekl_run_step (run);
    }
}

#else

static void
test_nothing (void)
{
  g_test_skip ("a sanitizer has its own malloc()");
}

#endif

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#if COUNTS
  dl_iterate_phdr (find_blas, NULL);
  g_test_add_func ("/memory/counts", test_counts);
  ADD ("/memory/no-allocation", "boston", test_no_allocation);
  ADD ("/memory/no-allocation-classes", "iris", test_no_allocation);
  ADD ("/memory/no-allocation-in-parts", "boston", test_no_allocation_in_parts);
  ADD ("/memory/no-allocation-in-parts-of-classes", "iris", test_no_allocation_in_parts);
  ADD ("/memory/estimate", "boston", test_estimate);
  ADD ("/memory/refused-start", "boston", test_refused_start);
  ADD ("/memory/refused-resize", "boston", test_refused_resize);
  ADD ("/memory/refused-step", "sine", test_refused_step);
#else
  g_test_add_func ("/memory/nothing", test_nothing);
#endif
  return g_test_run ();
}
