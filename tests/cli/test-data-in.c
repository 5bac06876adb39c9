/* test-data-in.c - files as a class brings them, from the command line to the table at the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "program.h"

#include <string.h>

#define N_ROWS 40

static double
get_cell (guint row, guint column)
{
  return (double) ((row * (7 + 4 * column) + 3 * column) % 23) / 4 - 2;
}

/* size, colour, weight, price: colours of three kinds, and no weight in every eighth row */
static char *
make_table (char delimiter, char decimal, const char *line_end)
{
  static const char *const colours[] = { "red", "green", "blue" };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "size%ccolour%cweight%cprice%s", delimiter, delimiter, delimiter,
                          line_end);
  for (guint r = 0; r < N_ROWS; r++) {
    g_autofree char *weight =
      r % 8 == 5 ? g_strdup ("") : g_strdup_printf ("%.2f", get_cell (r, 1));

    g_string_append_printf (text, "%.2f%c%s%c%s%c%.2f%s", get_cell (r, 0), delimiter,
                            colours[(r + r / 5) % 3], delimiter, weight, delimiter, get_cell (r, 2),
                            line_end);
  }
  for (gsize k = 0; k < text->len; k++)
    if (text->str[k] == '.')
      text->str[k] = decimal;
  return g_string_free (text, FALSE);
}

static void
write_table (const char *folder, const char *name, char delimiter, char decimal)
{
  g_autofree char *text = make_table (delimiter, decimal, delimiter == '\t' ? "\r\n" : "\n");

  g_free (program_write (folder, name, text));
}

/* The history without its times, which no two runs share. */
static char *
read_history (const char *folder, const char *name)
{
  g_autoptr (GBytes) bytes = program_read (folder, name);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

    g_assert_cmpuint (g_strv_length (cells), ==, 11);
    for (guint k = 0; k < 11; k++)
      if (k != 9)
        g_string_append_printf (kept, "%s,", cells[k]);
    g_string_append_c (kept, '\n');
  }
  return g_string_free (kept, FALSE);
}

/* However the table is written, the run is the same to the bit. */
static void
test_formats (void)
{
  static const struct {
    const char *name;
    char delimiter, decimal;
    const char *options;
  } files[] = {
    { "comma.csv", ',', '.', "" },
    { "semicolon.csv", ';', ',', "" },
    { "tab.txt", '\t', '.', "" },
    { "bar.txt", '|', ',', "" },
    { "told.csv", ';', ',',
      "--delimiter=; --decimal=, --header=yes --encoding=utf-8 --quote=none" },
    { "tab-told.txt", '\t', ',', "--delimiter=tab --decimal=, --comment=none --thousands=none" },
  };
  g_autofree char *folder = program_folder ();
  g_autofree char *first = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (files); k++) {
    g_autofree char *line =
      g_strdup_printf ("train %s --steps=5 --ensemble-size=8 --save-history=h%u.csv %s",
                       files[k].name, k, files[k].options);
    g_autofree char *name = g_strdup_printf ("h%u.csv", k);
    g_autofree char *history = NULL;

    write_table (folder, files[k].name, files[k].delimiter, files[k].decimal);
    program_expect (folder, line);
    history = read_history (folder, name);
    if (first == NULL)
      first = g_steal_pointer (&history);
    else
      g_assert_cmpstr (history, ==, first);
  }
}

/* What is said, beside the table, of the data. */
static void
test_summary (void)
{
  static const struct {
    const char *options;
    const char *lines; /* NULL: no further line is looked for */
  } cases[] = {
    { "", "Data: 28 training rows, 7 validation, 3 features in 5 inputs, 5 rows dropped: missing.\n"
          "Every category is an input: column 2 (colour) has 3.\n" },
    { "--missing=mean", "Data: 32 training rows, 8 validation, 3 features in 5 inputs, 5 cells "
                        "filled in.\nMissing cells are filled in from the training rows: 5 of "
                        "column 3 (weight) with " },
    { "--ignore=weight,2", "Data: 32 training rows, 8 validation, 1 feature.\n" },
    { "--types=colour:ignored,weight:ignored --train-fraction=1",
      "Data: 40 training rows, 1 feature.\n" },
    { "--target=colour --sample=20",
      "Data: 16 training rows, 4 validation, 3 features, 3 classes, 5 rows dropped: missing, 15 "
      "rows not used.\nColumn 2 (colour) is 3 classes: blue, green, red.\n" },
    { "--types=size:category --target=price", "Data: " },
  };
  g_autofree char *folder = program_folder ();

  write_table (folder, "f.csv", ';', ',');
  for (guint k = 0; k < G_N_ELEMENTS (cases); k++) {
    g_autofree char *line = g_strdup_printf ("train f.csv --steps=2 %s", cases[k].options);
    g_autoptr (ProgramResult) result = program_run_line (folder, line);

    g_test_message ("%s\n%s%s", line, result->out, result->err);
    g_assert_cmpint (result->status, ==, 0);
    g_assert_cmpstr (result->err, ==, "");
    g_assert_true (g_str_has_prefix (result->out, "method"));
    g_assert_nonnull (strstr (result->out, cases[k].lines));
  }
}

static void
test_errors (void)
{
  static const struct {
    const char *options;
    int status;
    const char *words;
  } cases[] = {
    { "--types=colour:number", 1, "column 2 (colour) has none in 40 of 40 rows" },
    { "--types=shape:number", 1, "types \"shape\" is neither" },
    { "--types=colour", 2, "types: \"colour\" says no type" },
    { "--types=colour:word", 2, "there is no type \"word\"" },
    { "--target=colour --task=regression", 1, "colour) is text, which regression" },
    { "--target=colour,price", 1, "column 2 (colour) is text; several targets" },
    { "--task=classification", 1, "column 4 (price): " },
    { "--missing=median", 2, "missing must be one of drop|mean|mode" },
    { "--sample=many", 2, "sample must be a whole number" },
    { "--delimiter=abc", 2, "delimiter must be auto, a character" },
    { "--delimiter=# --comment=#", 2, "delimiter, quote and comment" },
    { "--target=\"price", 2, "is not closed" },
  };
  g_autofree char *folder = program_folder ();

  write_table (folder, "f.csv", ';', ',');
  for (guint k = 0; k < G_N_ELEMENTS (cases); k++) {
    g_auto (GStrv) words = g_strsplit (cases[k].options, " ", -1);
    g_autoptr (ProgramResult) result =
      words[1] != NULL ? program_run (folder, "train", "f.csv", words[0], words[1], NULL)
                       : program_run (folder, "train", "f.csv", words[0], NULL);

    g_test_message ("%s\n%s", cases[k].options, result->err);
    g_assert_cmpint (result->status, ==, cases[k].status);
    g_assert_cmpstr (result->out, ==, "");
    g_assert_cmpuint (program_count_lines (result->err), ==, 1);
    g_assert_nonnull (strstr (result->err, cases[k].words));
  }
}

/* An experiment file keeps all of it. */
static void
test_experiment (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *first = NULL, *second = NULL, *text = NULL;
  g_autofree char *path = g_build_filename (folder, "e.ekilab", NULL);

  write_table (folder, "f.csv", ';', ',');
  program_expect (folder,
                  "train f.csv --delimiter=; --decimal=, --types=size:category,weight:number "
                  "--missing=mode --sample=30 --target=colour --steps=4 --ensemble-size=6 "
                  "--save-history=a.csv --save-experiment=e.ekilab");
  program_expect (folder, "train e.ekilab --save-history=b.csv");
  first = read_history (folder, "a.csv");
  second = read_history (folder, "b.csv");
  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# 24 training rows, 6 validation, 3 features"));
  g_assert_nonnull (strstr (text, "#   price: mean "));
}

static void
test_examples (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) boston = program_run_line (folder, "train example:boston --steps=1");
  g_autoptr (ProgramResult) without =
    program_run_line (folder, "train example:boston --steps=1 --ignore=black");
  g_autoptr (ProgramResult) pima = program_run_line (folder, "train example:pima --steps=1");
  g_autoptr (ProgramResult) letters =
    program_run_line (folder, "train example:letters --steps=1 --sample=2000");

  g_assert_nonnull (strstr (boston->out, "\nData: 404 training rows, 102 validation, 13 features.\n"
                                         "Column \"black\" encodes race"));
  g_assert_null (strstr (without->out, "black"));
  g_assert_nonnull (strstr (pima->out,
                            "313 training rows, 79 validation, 8 features, 2 classes, 376 "
                            "rows dropped: missing.\nColumn 9 (diabetes) is 2 classes: "
                            "neg, pos.\n"));
  g_assert_nonnull (strstr (letters->out, "1600 training rows, 400 validation, 16 features, 26 "
                                          "classes, 18000 rows not used.\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/data-in/formats", test_formats);
  g_test_add_func ("/data-in/summary", test_summary);
  g_test_add_func ("/data-in/errors", test_errors);
  g_test_add_func ("/data-in/experiment", test_experiment);
  g_test_add_func ("/data-in/examples", test_examples);
  return g_test_run ();
}
