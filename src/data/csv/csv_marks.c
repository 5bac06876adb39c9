/* csv_marks.c - decimal marks and marks of thousands, by what the numbers look like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 0.5 can only have a decimal point, and 1.234.567 only points between thousands, but 1.234 can be
 * either. What is certain in one column decides for the whole file. Where nothing is certain, a
 * column helps in which 1.234 stands beside 999 and never beside 1000; and then the delimiter: where
 * it is a semicolon, the comma was needed for the decimals.
 */
#include "csv_marks.h"

#include "cell.h"
#include "csv_sample.h"

#include <string.h>

typedef struct {
  guint n_points, n_commas, n_spaces, n_apostrophes;
  gboolean fits_groups; /* 1 to 3 digits, not beginning with 0, then marks with 3 digits each */
  guint n_digits;
} Shape;

static gboolean
parses (const char *text, gsize length, char decimal, char thousands)
{
  double value;

  return ekl_number_parse (text, length, (EklNumberMarks){ decimal, thousands }, &value);
}

static Shape
measure (const char *text, gsize length)
{
  Shape shape = { .fits_groups = TRUE };
  guint run = 0, n_runs = 0;

  for (gsize i = (*text == '+' || *text == '-'); i <= length; i++) {
    if (i < length && g_ascii_isdigit (text[i])) {
      run++;
      shape.n_digits++;
      continue;
    }
    shape.fits_groups = shape.fits_groups && (n_runs == 0 ? run >= 1 && run <= 3 : run == 3);
    n_runs++;
    run = 0;
    if (i == length)
      break;
    shape.n_points += text[i] == '.';
    shape.n_commas += text[i] == ',';
    shape.n_apostrophes += text[i] == '\'' || (guchar) text[i] == 0x99;
    shape.n_spaces += text[i] == ' ' || (guchar) text[i] == 0xc2 || (guchar) text[i] == 0xaf;
  }
  if (text[*text == '+' || *text == '-'] == '0')
    shape.fits_groups = FALSE;
  return shape;
}

/* A number with at least one mark. */
static void
count_marks (EklCsvMarksCount *count, const char *text, gsize length, const Shape *shape)
{
  gboolean groups = shape->fits_groups;

  if (shape->n_spaces > 0 || shape->n_apostrophes > 0) {
    count->n_space_thousands += shape->n_spaces > 0;
    count->n_apostrophe_thousands += shape->n_apostrophes > 0;
    count->n_point_decimal += shape->n_points > 0;
    count->n_comma_decimal += shape->n_commas > 0;
  } else if (shape->n_points > 0 && shape->n_commas > 0) {
    count->n_comma_thousands += parses (text, length, '.', ',');
    count->n_point_thousands += parses (text, length, ',', '.');
  } else if (shape->n_points > 0) {
    count->n_point_thousands += shape->n_points > 1;
    count->n_point_decimal += shape->n_points == 1 && !groups;
    count->n_point_either += shape->n_points == 1 && groups;
  } else {
    count->n_comma_thousands += shape->n_commas > 1;
    count->n_comma_decimal += shape->n_commas == 1 && !groups;
    count->n_comma_either += shape->n_commas == 1 && groups;
  }
}

static void
leave_out_sign (const char **text, gsize *length)
{
  const char *rest = *text;
  gsize length_of_rest = *length;
  EklSigns sign;
  gboolean negative;

  if (!ekl_quantity_strip (&rest, &length_of_rest, &sign, &negative))
    return;
  *text = rest;
  *length = length_of_rest;
}

/**
 * ekl_csv_marks_look:
 * @column: what was seen of a column so far
 * @text: a cell of it
 *
 * Takes the cell into account.
 */
void
ekl_csv_marks_look (EklCsvMarksColumn *column, const char *text)
{
  gsize length;
  EklCsvLook look;
  Shape shape;

  length = strlen (text);
  ekl_cell_trim (&text, &length);
  look = ekl_csv_look_at (text, length);
  if (look != EKL_CSV_LOOK_NUMBER) {
    column->n_others += look == EKL_CSV_LOOK_TEXT || look == EKL_CSV_LOOK_DATE;
    return;
  }
  leave_out_sign (&text, &length);
  shape = measure (text, length);
  column->n_numbers++;
  if (shape.n_points + shape.n_commas + shape.n_spaces + shape.n_apostrophes > 0)
    count_marks (&column->count, text, length, &shape);
  else if (shape.n_digits <= 3)
    column->n_short++;
  else
    column->n_long++;
}

/**
 * ekl_csv_marks_add:
 * @self: what was seen of all columns
 * @column: what was seen of one
 *
 * Adds a column, unless it is one of texts such as addresses or versions.
 */
void
ekl_csv_marks_add (EklCsvMarksCount *self, const EklCsvMarksColumn *column)
{
  const EklCsvMarksCount *count = &column->count;
  gboolean grouped = column->n_short > 0 && column->n_long == 0;

  if (2 * column->n_others > column->n_numbers)
    return;
  self->n_point_decimal += count->n_point_decimal;
  self->n_comma_decimal += count->n_comma_decimal;
  self->n_point_thousands += count->n_point_thousands;
  self->n_comma_thousands += count->n_comma_thousands;
  self->n_point_either += count->n_point_either;
  self->n_comma_either += count->n_comma_either;
  self->n_point_grouped += grouped && count->n_point_decimal == 0 ? count->n_point_either : 0;
  self->n_comma_grouped += grouped && count->n_comma_decimal == 0 ? count->n_comma_either : 0;
  self->n_space_thousands += count->n_space_thousands;
  self->n_apostrophe_thousands += count->n_apostrophe_thousands;
}

/* What is certain; where nothing is, the mark that more likely is a decimal one, and a doubt. */
static char
decide_decimal (const EklCsvMarksCount *self, int delimiter, const char **doubt)
{
  guint point = self->n_point_decimal + self->n_comma_thousands;
  guint comma = self->n_comma_decimal + self->n_point_thousands;

  if (point > 0 && comma > 0)
    *doubt = "some numbers have a decimal point, others a decimal comma";
  if (point > 0 || comma > 0)
    return point >= comma ? '.' : ',';
  if (self->n_comma_either > 0) {
    gboolean thousands =
      delimiter == ',' || (self->n_comma_grouped == self->n_comma_either && delimiter != ';');
    *doubt = "numbers such as 1,234 can have a decimal comma or a comma between thousands";
    return thousands ? '.' : ',';
  }
  if (self->n_point_grouped > 2 && self->n_point_grouped == self->n_point_either &&
      delimiter == ';') {
    *doubt = "numbers such as 1.234 can have a decimal point or a point between thousands";
    return ',';
  }
  return '.';
}

static int
decide_thousands (const EklCsvMarksCount *self, int decimal)
{
  guint n_same = decimal == '.' ? self->n_comma_thousands + self->n_comma_either
                                : self->n_point_thousands + self->n_point_either;

  if (self->n_space_thousands > 0 && self->n_space_thousands >= self->n_apostrophe_thousands &&
      self->n_space_thousands >= n_same)
    return ' ';
  if (self->n_apostrophe_thousands > 0 && self->n_apostrophe_thousands >= n_same)
    return '\'';
  if (n_same > 0)
    return decimal == '.' ? ',' : '.';
  return EKL_CSV_NONE;
}

/**
 * ekl_csv_marks_decide:
 * @self: what was seen of all columns
 * @format: a format; its automatic marks are filled in
 *
 * Decides which marks numbers have.
 *
 * Returns: (nullable): why that may be wrong
 */
const char *
ekl_csv_marks_decide (const EklCsvMarksCount *self, EklCsvFormat *format)
{
  const char *doubt = NULL;

  if (format->decimal == EKL_CSV_AUTOMATIC) {
    if (format->thousands == '.' || format->thousands == ',')
      format->decimal = format->thousands == '.' ? ',' : '.';
    else
      format->decimal = decide_decimal (self, format->delimiter, &doubt);
  }
  if (format->thousands == EKL_CSV_AUTOMATIC)
    format->thousands = decide_thousands (self, format->decimal);
  return doubt;
}
