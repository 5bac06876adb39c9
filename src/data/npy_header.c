/* npy_header.c - the dictionary at the head of a .npy file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy_header.h"

#include "cell.h"

#include <string.h>

/* Python's literals as far as they can occur here: a dictionary of strings, True or False, and a
 * tuple of integers. See "NPY format", numpy/lib/format.py. */
typedef struct {
  const char *at;
  EklNpyHeader *header;
  gboolean has_descr, has_order, has_shape;
  char *problem;
} Parser;

static gboolean
set_problem (Parser *self, const char *problem)
{
  if (self->problem == NULL)
    self->problem = g_strdup (problem);
  return FALSE;
}

static void
skip_space (Parser *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

static gboolean
take (Parser *self, const char *word)
{
  skip_space (self);
  if (!g_str_has_prefix (self->at, word))
    return FALSE;
  self->at += strlen (word);
  return TRUE;
}

/* Nothing in this file needs an escape: a string with one is not what is looked for. */
static char *
take_string (Parser *self)
{
  const char *start, *end;

  skip_space (self);
  if ((*self->at == 'u' || *self->at == 'b') && (self->at[1] == '\'' || self->at[1] == '"'))
    self->at++;
  if (*self->at != '\'' && *self->at != '"')
    return NULL;
  start = self->at + 1;
  end = strchr (start, *self->at);
  if (end == NULL)
    return NULL;
  self->at = end + 1;
  return g_strndup (start, end - start);
}

static gboolean
parse_descr (Parser *self)
{
  g_autofree char *descr = take_string (self);

  if (descr == NULL)
    return set_problem (self, "holds records, not a plain array of numbers");
  self->has_descr = TRUE;
  self->header->big_endian = *descr == '>' || (*descr == '=' && G_BYTE_ORDER == G_BIG_ENDIAN);
  if (*descr != '\0' && strchr ("<>=|", *descr) != NULL) {
    self->header->item_size = g_str_equal (descr + 1, "f8") ? 8 : 4;
    if (g_str_equal (descr + 1, "f8") || g_str_equal (descr + 1, "f4"))
      return TRUE;
  }
  g_autofree char *valid = g_utf8_make_valid (descr, -1);
  g_autofree char *shown = ekl_cell_shorten (valid);
  g_autofree char *problem =
    g_strdup_printf ("holds values of NumPy's type \"%s\"; float32 or float64 is needed, so save "
                     "array.astype(float)",
                     shown);
  return set_problem (self, problem);
}

static gboolean
parse_order (Parser *self)
{
  self->has_order = TRUE;
  self->header->fortran_order = take (self, "True");
  return self->header->fortran_order || take (self, "False") ||
         set_problem (self, "has a damaged header (fortran_order is neither True nor False)");
}

static gboolean
parse_dimension (Parser *self)
{
  EklNpyHeader *header = self->header;
  char *end;
  guint64 n;

  skip_space (self);
  if (!g_ascii_isdigit (*self->at))
    return set_problem (self, "has a damaged header (the shape is not a tuple of whole numbers)");
  if (header->n_dimensions == EKL_NPY_MAX_DIMENSIONS)
    return set_problem (self, "has more than 4 dimensions");
  n = g_ascii_strtoull (self->at, &end, 10);
  self->at = end;
  take (self, "L"); /* Python 2's long integers */
  header->shape[header->n_dimensions++] = n;
  if (n > G_MAXSSIZE || !g_size_checked_mul (&header->n_values, header->n_values, n) ||
      header->n_values > G_MAXSSIZE / sizeof (double))
    return set_problem (self, "has a shape that is larger than any memory");
  return TRUE;
}

static gboolean
parse_shape (Parser *self)
{
  EklNpyHeader *header = self->header;

  self->has_shape = TRUE;
  header->n_dimensions = 0;
  header->n_values = 1;
  if (!take (self, "("))
    return set_problem (self, "has a damaged header (the shape is not a tuple)");
  while (!take (self, ")")) {
    if (!parse_dimension (self))
      return FALSE;
    skip_space (self);
    if (*self->at != ')' && !take (self, ","))
      return set_problem (self, "has a damaged header (the shape is not closed)");
  }
  return TRUE;
}

static gboolean
parse_entry (Parser *self)
{
  g_autofree char *key = take_string (self);

  if (key == NULL || !take (self, ":"))
    return set_problem (self, "has a damaged header (not a dictionary)");
  if (g_str_equal (key, "descr"))
    return parse_descr (self);
  if (g_str_equal (key, "fortran_order"))
    return parse_order (self);
  if (g_str_equal (key, "shape"))
    return parse_shape (self);
  return set_problem (self, "has a damaged header (an unknown key)");
}

static gboolean
parse_dictionary (Parser *self)
{
  if (!take (self, "{"))
    return set_problem (self, "has a damaged header (not a dictionary)");
  while (!take (self, "}")) {
    if (!parse_entry (self))
      return FALSE;
    skip_space (self);
    if (*self->at != '}' && !take (self, ","))
      return set_problem (self, "has a damaged header (the dictionary is not closed)");
  }
  skip_space (self);
  if (*self->at != '\0')
    return set_problem (self, "has a damaged header (text after the dictionary)");
  if (!self->has_descr || !self->has_order || !self->has_shape)
    return set_problem (self, "has a damaged header (descr, fortran_order or shape is missing)");
  return TRUE;
}

/**
 * ekl_npy_header_parse:
 * @self: (out): what the header says
 * @text: the header's text, without magic, version and length; any bytes up to a zero
 * @problem: (out) (transfer full): what is wrong with it, the end of a sentence; set where FALSE is
 * returned
 *
 * Understands what any version of NumPy wrote, with either kind of quotes, in any order, with or
 * without the last comma.
 *
 * Returns: whether the header describes an array of floating-point numbers in at most 4 dimensions
 * whose size in bytes fits a gsize
 */
gboolean
ekl_npy_header_parse (EklNpyHeader *self, const char *text, char **problem)
{
  Parser parser = { .at = text, .header = self };

  memset (self, 0, sizeof *self);
  if (parse_dictionary (&parser))
    return TRUE;
  *problem = parser.problem;
  return FALSE;
}

/**
 * ekl_npy_header_format:
 * @n_dimensions: number of dimensions
 * @shape: (array length=n_dimensions): their sizes
 *
 * Returns: (transfer full): the dictionary of an array of '<f8' in C order, as NumPy 1.24 writes
 * it: with room for the first dimension to grow to 21 digits, and without the spaces that align
 * what follows
 */
char *
ekl_npy_header_format (guint n_dimensions, const gsize *shape)
{
  GString *text = g_string_new ("{'descr': '<f8', 'fortran_order': False, 'shape': (");

  for (guint i = 0; i < n_dimensions; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "", shape[i]);
  g_string_append (text, n_dimensions == 1 ? ",), }" : "), }");
  if (n_dimensions > 0) {
    g_autofree char *first = g_strdup_printf ("%" G_GSIZE_FORMAT, shape[0]);
    g_string_append_printf (text, "%*s", 21 - (int) strlen (first), "");
  }
  return g_string_free (text, FALSE);
}
