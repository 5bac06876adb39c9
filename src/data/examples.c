/* examples.c - the problems that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "examples.h"

#include "csv_reader.h"
#include "toy_problems.h"

#include "ekl-examples-resources.h"

#include <string.h>

#define RESOURCE_FOLDER "/org/ekilab/EkiLab/examples/"

/* Fixed for good: a lecture's slides may show these data. */
#define TOY_SEED    2020
#define SINE_ROWS   120
#define SINE_NOISE  0.15
#define MOONS_ROWS  400
#define MOONS_NOISE 0.15
#define HILLS_ROWS  500
#define HILLS_NOISE 0.05

static const char *const one_layer[] = { "layers", "16", NULL };
static const char *const two_layers[] = { "layers", "16,16", NULL };

static const char *const few_units[] = { "layers", "8", "learning-rate", "0.2", NULL };
static const char *const many_classes[] = {
  "layers", "32",    "batch-size", "500", "ensemble-size", "200", "learning-rate",
  "1",      "steps", "300",        NULL
};

static const EklExample examples[] = {
  { "sine", "Noisy sine",
    "One period of a sine at 120 random places, with noise of standard deviation 0.15: the "
    "smallest "
    "problem on which every picture says something.",
    "y", two_layers },
  { "boston", "Boston housing",
    "Median house prices (medv, in thousands of dollars) of 506 census tracts around Boston in "
    "1970, "
    "with 13 measures of each. The column \"black\" encodes race and rests on an assumption about "
    "segregation that many refuse to teach with; ignore=black leaves it out.",
    "medv", one_layer, "black",
    "Column \"black\" encodes race and rests on an assumption about segregation that many refuse "
    "to "
    "teach with; ignore=black leaves it out." },
  { "motorcycle", "Motorcycle accident",
    "Acceleration of the head (in g) against time (in milliseconds) in 133 measurements of "
    "simulated "
    "accidents: hardly any noise before the impact, a lot of it after.",
    "accel", two_layers },
  { "iris", "Iris petals",
    "Anderson's 150 iris flowers as a regression: the width of a petal (in cm) from its length and "
    "the "
    "size of the sepal; the species are left out.",
    "petal_width", one_layer },
  { "airquality", "New York ozone",
    "Ozone (in parts per billion) in New York on 111 days of the summer of 1973 from sunshine, "
    "wind and "
    "temperature; 42 days with missing values are left out.",
    "ozone", one_layer },
  { "pima", "Pima diabetes",
    "Diabetes (pos or neg) of 768 women of the Akimel O'odham near Phoenix, with 8 measures of "
    "each; "
    "376 rows have gaps and are dropped unless missing fills them in.",
    "diabetes", few_units },
  { "letters", "Printed letters",
    "20000 printed capital letters of 20 fonts, distorted at random, as 16 whole numbers each; 26 "
    "classes.",
    "lettr", many_classes },
  { "moons", "Two moons",
    "Two half moons of 200 points each that reach into each other, generated with noise; the "
    "network is "
    "to answer -1 on one and 1 on the other.",
    "moon", two_layers },
  { "hills", "Two hills and a hollow",
    "A generated surface over the plane: the height of two hills and a hollow at 500 random "
    "places, with "
    "a little noise.",
    "height", two_layers },
};

/* Particles drawn anew about their mean, closely, before each step, and steps that become smaller.
 * Found by trying. */
/* clang-format off */
static const char *const fashion_settings[] = {
  "layers", "32",                    "batch-size", "1000",
  "steps", "600",                    "learning-rate", "0.3",
  "form", "kalman",                  "ensemble-size", "300",
  "noise-std", "0.12",               "step-rule", "fixed",
  "step-size", "5",                  "step-size-schedule", "inverse",
  "step-size-period", "60",          "weight-noise", "0",
  "redraw", "0.1",                   "prior-bias-std", "0.02",
  NULL,
};
/* clang-format on */

static const EklExample pictures[] = {
  { "fashion", "Fashion-MNIST",
    "Grey pictures of clothes and shoes, 28 x 28 pixels in 10 classes: 60000 to train on and 10000 "
    "that validate, from Debian's package dataset-fashion-mnist.",
    "", fashion_settings, NULL, NULL, 70000, 28 * 28 + 1 },
};

/* Of each of them: below the folders for data of all programs (XDG_DATA_DIRS), and its package. */
static const char *const picture_folders[] = { "datasets/fashion-mnist" };
static const char *const picture_packages[] = { "dataset-fashion-mnist" };

/**
 * ekl_examples_list:
 * @n: (out): how many there are
 *
 * Returns: (array length=n): the examples; the first is the one to open with
 */
const EklExample *
ekl_examples_list (guint *n)
{
  *n = G_N_ELEMENTS (examples);
  return examples;
}

/**
 * ekl_examples_find:
 * @name: an example's name, without "example:"
 *
 * Returns: (nullable): the example, or NULL
 */
const EklExample *
ekl_examples_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_str_equal (examples[i].name, name))
      return &examples[i];
  return NULL;
}

/**
 * ekl_examples_list_pictures:
 * @n: (out): how many there are
 *
 * Examples that are pictures and no tables; ekl_data_source_load() reads them. Their files may not
 * be there, see ekl_example_find_folder().
 *
 * Returns: (array length=n): the examples
 */
const EklExample *
ekl_examples_list_pictures (guint *n)
{
  *n = G_N_ELEMENTS (pictures);
  return pictures;
}

/**
 * ekl_examples_find_pictures:
 * @source: (nullable): what a command line names
 *
 * Returns: (nullable): the example of pictures, where @source is "example:" and its name
 */
const EklExample *
ekl_examples_find_pictures (const char *source)
{
  if (source == NULL || !g_str_has_prefix (source, EKL_EXAMPLE_PREFIX))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    if (g_str_equal (pictures[i].name, source + strlen (EKL_EXAMPLE_PREFIX)))
      return &pictures[i];
  return NULL;
}

static GFile *
find_below (const char *data_folder, const char *path)
{
  g_autofree char *whole = g_build_filename (data_folder, path, NULL);

  return g_file_test (whole, G_FILE_TEST_IS_DIR) ? g_file_new_for_path (whole) : NULL;
}

/**
 * ekl_example_find_folder:
 * @self: an example of pictures
 * @error: return location for %EKL_DATA_ERROR_READ, which names the package to install
 *
 * Looks in the user's folder for data, then in the system's.
 *
 * Returns: (transfer full) (nullable): the folder that its files are in
 */
GFile *
ekl_example_find_folder (const EklExample *self, GError **error)
{
  const char *const *system = g_get_system_data_dirs ();
  const guint which = (guint) (self - pictures);
  GFile *folder = find_below (g_get_user_data_dir (), picture_folders[which]);

  for (guint i = 0; folder == NULL && system[i] != NULL; i++)
    folder = find_below (system[i], picture_folders[which]);
  if (folder == NULL)
    g_set_error (
      error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
      "the files of %s are not there; on Debian install the package %s, or name a folder "
      "that holds them",
      self->title, picture_packages[which]);
  return folder;
}

/* Looked up by its symbol: by its path alone the linker would not take it from the static library.
 */
static EklTable *
load_resource (const EklExample *self, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, self->name, ".csv", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (ekl_examples_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL ? ekl_csv_read_bytes (bytes, self->title, NULL, NULL, NULL, NULL, error)
                       : NULL;
}

/**
 * ekl_example_load:
 * @self: an example
 * @error: return location for an error
 *
 * Reads the example's data from inside the program, or generates them: the same every time. The
 * last column is the target.
 *
 * Returns: (transfer full): a table called after the example's title, or NULL
 */
EklTable *
ekl_example_load (const EklExample *self, GError **error)
{
  if (g_str_equal (self->name, "sine"))
    return ekl_toy_sine_new (self->title, SINE_ROWS, SINE_NOISE, TOY_SEED);
  if (g_str_equal (self->name, "moons"))
    return ekl_toy_moons_new (self->title, MOONS_ROWS, MOONS_NOISE, TOY_SEED);
  if (g_str_equal (self->name, "hills"))
    return ekl_toy_hills_new (self->title, HILLS_ROWS, HILLS_NOISE, TOY_SEED);
  return load_resource (self, error);
}

static void
set_unknown_error (GError **error, const char *name)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    g_string_append_printf (names, "%s, ", examples[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", pictures[i].name);
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
               "there is no example \"%s\"; the examples are %s", name, names->str);
}

/**
 * ekl_data_load:
 * @source: a path or a URI of a CSV file, or "example:NAME"
 * @example: (out) (optional) (nullable): the example, NULL where @source is a file
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * Reads the data that a command line or an experiment names. May block: call it from a thread.
 *
 * Returns: (transfer full): a table, or NULL
 */
EklTable *
ekl_data_load (const char *source,
               const EklExample **example,
               GCancellable *cancellable,
               GError **error)
{
  const EklExample *found = NULL;
  EklTable *table = NULL;

  if (example != NULL)
    *example = NULL;
  if (source == NULL || *source == '\0') {
    g_set_error_literal (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                         "no data are named; give a CSV file or example:sine");
    return NULL;
  }
  if (!g_str_has_prefix (source, EKL_EXAMPLE_PREFIX)) {
    g_autoptr (GFile) file =
      strstr (source, "://") != NULL ? g_file_new_for_uri (source) : g_file_new_for_path (source);
    return ekl_csv_read_file (file, NULL, NULL, NULL, cancellable, error);
  }
  found = ekl_examples_find (source + strlen (EKL_EXAMPLE_PREFIX));
  if (ekl_examples_find_pictures (source) != NULL)
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s is pictures, not a table", source);
  else if (found != NULL)
    table = ekl_example_load (found, error);
  else
    set_unknown_error (error, source + strlen (EKL_EXAMPLE_PREFIX));
  if (table != NULL && example != NULL)
    *example = found;
  return table;
}
