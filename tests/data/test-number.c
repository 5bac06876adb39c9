/* test-number.c - numbers from text: to the bit what strtod makes of them, and which texts are none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cell.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static gboolean
parse (const char *text, char decimal, char thousands, double *value)
{
  return ekl_number_parse (text, strlen (text), (EklNumberMarks){ decimal, thousands }, value);
}

static void
assert_same (const char *text)
{
  double value = 0, expected = g_ascii_strtod (text, NULL);

  g_assert_true (parse (text, '.', 0, &value));
  if (memcmp (&value, &expected, sizeof value) != 0)
    g_error ("%s is read as %.17g, not %.17g", text, value, expected);
}

/* Any double, written with any number of digits. */
static void
test_doubles (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 300000; i++) {
    guint64 bits = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
    char format[] = "%.17g", text[G_ASCII_DTOSTR_BUF_SIZE];
    double value;

    memcpy (&value, &bits, sizeof bits);
    if (!isfinite (value))
      continue;
    if (i % 2 == 0) /* of a common size, so that the fast ways are taken */
      value = ldexp (frexp (value, &(int){ 0 }), g_rand_int_range (random, -60, 60));
    format[3] = (char) ('0' + g_rand_int_range (random, 0, 8));
    assert_same (g_ascii_formatd (text, sizeof text, format, value));
  }
}

/* Digits with a point anywhere, zeros before and behind, exponents to the ends of the range. */
static void
test_digits (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (guint i = 0; i < 300000; i++) {
    g_autoptr (GString) text = g_string_new (i % 3 == 0 ? "-" : NULL);
    guint n = (guint) g_rand_int_range (random, 1, i % 10 == 0 ? 40 : 22);
    guint point = (guint) g_rand_int_range (random, 0, 25);

    for (guint k = 0; k < n; k++) {
      if (k == point)
        g_string_append_c (text, '.');
      g_string_append_c (text, (char) ('0' + (i % 4 == 0 ? 0 : g_rand_int_range (random, 0, 10))));
    }
    if (i % 2 == 0)
      g_string_append_printf (text, "e%d", g_rand_int_range (random, -345, 320));
    assert_same (text->str);
  }
}

/* Half-way between two doubles, and a little to either side: where rounding twice goes wrong. */
static void
test_half_way (void)
{
  static const char *const texts[] = {
    "9007199254740993",
    "9007199254740993.0",
    "9007199254740992.9999",
    "9007199254740993.0000001",
    "9007199254740995",
    "1.00000000000000011102230246251565",
    "0.500000000000000166533453693773481063544750213623046875",
    "3.518437208883201171875e13",
    "6.5e-324",
    "2.4703282292062327208e-324",
    "1.7976931348623158e308",
    "2.2250738585072011e-308",
    "8.10109172351e-10",
    "1090544144181609348671888949248",
    "1090544144181609348835077142190",
    "123456789012345678e-22",
    "18446744073709551615e5",
    "18446744073709551616",
    "0.000000000000000000000000000000000001",
    "1e23",
    "8.5e22",
    "5e-20",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_same (texts[i]);
}

static void
test_forms (void)
{
  static const struct {
    const char *text;
    char decimal, thousands;
    double value; /* NaN: no number */
  } cases[] = {
    { "1e-3", '.', 0, 1e-3 },
    { "+4", '.', 0, 4 },
    { ".5", '.', 0, 0.5 },
    { "5.", '.', 0, 5 },
    { "-0", '.', 0, -0.0 },
    { "1E+2", '.', 0, 100 },
    { "0x1F", '.', 0, NAN },
    { "1e", '.', 0, NAN },
    { "e5", '.', 0, NAN },
    { ".", '.', 0, NAN },
    { "-", '.', 0, NAN },
    { "+-1", '.', 0, NAN },
    { "1 2", '.', 0, NAN },
    { "1.2.3", '.', 0, NAN },
    { "1,5", '.', 0, NAN },
    { "1,5", ',', 0, 1.5 },
    { ",5", ',', 0, 0.5 },
    { "1.5", ',', 0, NAN },
    { "1,234", '.', ',', 1234 },
    { "1,234.5", '.', ',', 1234.5 },
    { "1,23", '.', ',', NAN },
    { "12,34,567", '.', ',', 1234567 },
    { "1,23,456", '.', ',', 123456 },
    { "123,45,678", '.', ',', NAN },
    { "1,234,56", '.', ',', NAN },
    { "12,34,567", '.', '\'', NAN },
    { "12.34.567", ',', '.', NAN },
    { "1.5D+03", '.', 0, 1500 },
    { "-2.5d-01", '.', 0, -0.25 },
    { "1.2345678901234567891D+300", '.', 0, 1.2345678901234567891e300 },
    { "12D3", '.', 0, NAN },
    { "1D+", '.', 0, NAN },
    { "1234,567", '.', ',', NAN },
    { ",123", '.', ',', NAN },
    { "1,2345", '.', ',', NAN },
    { "1234.5", '.', ',', 1234.5 },
    { "1.234,5", ',', '.', 1234.5 },
    { "1 234,5", ',', ' ', 1234.5 },
    { "1\xc2\xa0"
      "234",
      ',', ' ', 1234 },
    { "1\xe2\x80\xaf"
      "234\xe2\x80\xaf"
      "567",
      '.', ' ', 1234567 },
    { "1'234.5", '.', '\'', 1234.5 },
    { "1\xe2\x80\x99"
      "234",
      '.', '\'', 1234 },
    { "\xe2\x88\x92"
      "3",
      '.', 0, -3 },
    { "inf", '.', 0, NAN },
    { "nan", '.', 0, NAN },
    { "", '.', 0, NAN },
    { "1e5.5", '.', 0, NAN },
    { "12%", '.', 0, NAN },
    { "$5", '.', 0, NAN },
    { "2024-01-31", '.', 0, NAN },
    { "1e99999999999999999999", '.', 0, INFINITY },
    { "1e-99999999999999999999", '.', 0, 0 },
  };

  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double value = NAN;
    gboolean is_number = parse (cases[i].text, cases[i].decimal, cases[i].thousands, &value);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (is_number, ==, !isnan (cases[i].value));
    if (is_number)
      g_assert_true (value == cases[i].value && signbit (value) == signbit (cases[i].value));
  }
  setlocale (LC_NUMERIC, "C");
}

static void
test_shortest (void)
{
  static const double values[] = { 0.1, 1e23, 5e-324, 1.0 / 3, 123456, -2.5, 9007199254740993.0 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *text = ekl_number_to_text (values[i]);
    g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, values[i]);
  }
  g_autofree char *tenth = ekl_number_to_text (0.1);
  g_assert_cmpstr (tenth, ==, "0.1");
}

static void
test_quantities (void)
{
  static const struct {
    const char *text;
    EklNumberMarks marks;
    double value;
    EklSigns sign;
  } cases[] = {
    { "12%", { '.', 0 }, 12, EKL_SIGN_PERCENT },
    { "-7,5 %", { ',', 0 }, -7.5, EKL_SIGN_PERCENT },
    { "12\xc2\xa0%", { '.', 0 }, 12, EKL_SIGN_PERCENT },
    { "$1,200.50", { '.', ',' }, 1200.5, EKL_SIGN_DOLLAR },
    { "-$5", { '.', 0 }, -5, EKL_SIGN_DOLLAR },
    { "$-5", { '.', 0 }, -5, EKL_SIGN_DOLLAR },
    { "\xc2\xa3 3", { '.', 0 }, 3, EKL_SIGN_POUND },
    { "2,80 \xe2\x82\xac", { ',', 0 }, 2.8, EKL_SIGN_EURO },
    { "\xe2\x88\x92\xc2\xa5.5", { '.', 0 }, -0.5, EKL_SIGN_YEN },
    { " 12% ", { '.', 0 }, 12, EKL_SIGN_PERCENT },
    { "\xc2\xa0"
      "12\xe2\x80\xaf",
      { '.', 0 },
      12,
      0 },
    { "%12", { '.', 0 }, NAN, 0 },
    { "12%%", { '.', 0 }, NAN, 0 },
    { "$12%", { '.', 0 }, NAN, 0 },
    { "-$-5", { '.', 0 }, NAN, 0 },
    { "$", { '.', 0 }, NAN, 0 },
    { "%", { '.', 0 }, NAN, 0 },
    { "$1e999", { '.', 0 }, NAN, 0 },
    { "5$ off", { '.', 0 }, NAN, 0 },
    { "$0x10", { '.', 0 }, NAN, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    EklSigns sign;
    double value, again;
    EklCellKind kind = ekl_cell_parse_quantity (cases[i].text, strlen (cases[i].text),
                                                cases[i].marks, &value, &sign);

    g_test_message ("\"%s\"", cases[i].text);
    g_assert_cmpint (kind == EKL_CELL_NUMBER, ==, !isnan (cases[i].value));
    g_assert_true (isnan (value) ? isnan (cases[i].value) : value == cases[i].value);
    g_assert_cmpint (sign, ==, cases[i].sign);
    ekl_cell_parse (cases[i].text, strlen (cases[i].text), cases[i].marks, &again);
    g_assert_cmpmem (&value, sizeof value, &again, sizeof again);
  }
  g_autofree char *text = ekl_signs_to_text (EKL_SIGN_EURO | EKL_SIGN_DOLLAR);
  g_assert_cmpstr (text, ==, "$ and \xe2\x82\xac");
}

static void
test_codes (void)
{
  static const char *const codes[] = { "01067", "007", "000", "+49301234", "12345678901234567890" };
  static const char *const others[] = {
    "", "0", "05", "10115", "0.5", "01.5", "+4", "+493012", "-007", "007a", "1234567890123456"
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_true (ekl_cell_is_code (codes[i], strlen (codes[i])));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (ekl_cell_is_code (others[i], strlen (others[i])));
}

static void
test_missing (void)
{
  static const char *const missing[] = { "",
                                         " ",
                                         "NA",
                                         "N/A",
                                         "n/a",
                                         "NaN",
                                         "null",
                                         "NULL",
                                         "None",
                                         "?",
                                         "-",
                                         ".",
                                         "\t",
                                         "#DIV/0!",
                                         "#REF!",
                                         "\\N",
                                         "(null)",
                                         "...",
                                         "\xe2\x80\x93",
                                         "\xc2\xa0",
                                         "\xe2\x80\xa6" };
  static const char *const present[] = { "Na",   "no", "0",   "nil", "--1",  "n",           "x",
                                         "NANA", "#1", "(5)", "<5",  "#DIV", "\xe2\x82\xac" };
  double value;

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++) {
    EklCellKind kind =
      ekl_cell_parse (missing[i], strlen (missing[i]), EKL_NUMBER_MARKS_PLAIN, &value);
    g_test_message ("\"%s\"", missing[i]);
    g_assert_true (kind == EKL_CELL_MISSING || kind == EKL_CELL_EMPTY);
    g_assert_true (isnan (value));
  }
  for (guint i = 0; i < G_N_ELEMENTS (present); i++) {
    EklCellKind kind =
      ekl_cell_parse (present[i], strlen (present[i]), EKL_NUMBER_MARKS_PLAIN, &value);
    g_test_message ("\"%s\"", present[i]);
    g_assert_true (kind == EKL_CELL_TEXT || kind == EKL_CELL_NUMBER);
  }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/doubles", test_doubles);
  g_test_add_func ("/number/digits", test_digits);
  g_test_add_func ("/number/half-way", test_half_way);
  g_test_add_func ("/number/forms", test_forms);
  g_test_add_func ("/number/shortest", test_shortest);
  g_test_add_func ("/number/missing", test_missing);
  g_test_add_func ("/number/quantities", test_quantities);
  g_test_add_func ("/number/codes", test_codes);
  return g_test_run ();
}
