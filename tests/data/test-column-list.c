/* test-column-list.c - lists of columns as settings have them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_list.h"

#include <string.h>

/* [name] or [name]q, and =type */
static char *
show (const char *list, gboolean has_types)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) entries = ekl_column_list_parse ("target", list, has_types, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (entries == NULL) {
    g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN);
    return g_strdup (error->message);
  }
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++) {
    const EklColumnEntry *entry = &g_array_index (entries, EklColumnEntry, i);

    g_string_append_printf (text, "[%s]%s%s%s", entry->name, entry->is_quoted ? "q" : "",
                            entry->type != NULL ? "=" : "", entry->type != NULL ? entry->type : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_lists (void)
{
  static const struct {
    const char *list, *expected;
    gboolean has_types;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { " , ,", "" },
    { "a", "[a]" },
    { " a b , c,", "[a b][c]" },
    { "\"a, b\",c", "[a, b]q[c]" },
    { " \" a \" , 3", "[ a ]q[3]" },
    { "\"say \"\"so\"\"\"", "[say \"so\"]q" },
    { "5\" pipe,\"\"", "[5\" pipe][]q" },
    { "a:number", "[a]=number", TRUE },
    { "a:b: category ,3:ignored", "[a:b]=category[3]=ignored", TRUE },
    { "\"a,b\" : number", "[a,b]q=number", TRUE },
    { "a:number", "[a:number]", FALSE },
    { "\"a,b\"c",
      "target: after the quoted name \"a,b\" a comma has to follow; a quote inside a name is "
      "doubled" },
    { "x,\"a,b", "target: the quote before \"a,b\" is not closed" },
    { "a", "target: \"a\" says no type; write " EKL_COLUMN_TYPES_FORM, TRUE },
    { "a:float", "target: there is no type \"float\" - write " EKL_COLUMN_TYPES_FORM, TRUE },
    { "a,B\xc0", "target: \"a,B\xef\xbf\xbd\" is not text in UTF-8" },
    { "\xc3:number", "target: \"\xef\xbf\xbd:number\" is not text in UTF-8", TRUE },
    { ":number", "target: \":number\" names no column", TRUE },
    { "\"a\"",
      "target: after the quoted name \"a\" a colon and its type have to follow: number, category "
      "or ignored",
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = show (cases[i].list, cases[i].has_types);

    g_assert_cmpstr (shown, ==, cases[i].expected);
    if (cases[i].list != NULL)
      g_assert_cmpint (ekl_column_list_check ("target", cases[i].list, cases[i].has_types, NULL),
                       ==, !g_str_has_prefix (shown, "target: "));
  }
}

/* What was quoted is read back as it was, alone and among others, whatever the name is. */
static void
test_round_trip (void)
{
  static const char letters[] = "ab ,\":\"\t17#;";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++) {
    char name[7];
    guint length = g_rand_int_range (rand, 1, 7);
    g_autoptr (GError) error = NULL;

    for (guint k = 0; k < length; k++)
      name[k] = letters[g_rand_int_range (rand, 0, (int) strlen (letters))];
    name[length] = '\0';

    g_autofree char *quoted = ekl_column_list_quote (name);
    g_autofree char *list = g_strdup_printf ("x:number,%s:category , \"y\":number", quoted);
    g_autoptr (GArray) entries = ekl_column_list_parse ("types", list, TRUE, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (entries->len, ==, 3);
    g_assert_cmpstr (g_array_index (entries, EklColumnEntry, 1).name, ==, name);
    g_assert_cmpstr (g_array_index (entries, EklColumnEntry, 1).type, ==, "category");
    if (name[strspn (name, "0123456789")] == '\0')
      g_assert_true (g_array_index (entries, EklColumnEntry, 1).is_quoted);

    g_autofree char *plain = g_strdup_printf ("x,%s", quoted);
    g_autoptr (GArray) names = ekl_column_list_parse ("target", plain, FALSE, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (names->len, ==, 2);
    g_assert_cmpstr (g_array_index (names, EklColumnEntry, 1).name, ==, name);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-list/lists", test_lists);
  g_test_add_func ("/column-list/round-trip", test_round_trip);
  return g_test_run ();
}
