/* text_set.c - different texts, each with a number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column of words holds few different ones, many times. A text is stored once, in blocks that
 * never move; a table of twice as many places as texts, open addressing, finds it again.
 */
#include "text_set.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE   (16 * 1024)
#define FIRST_PLACES 16
#define NOWHERE      G_MAXUINT32

typedef struct {
  const char *text; /* ends with a zero */
  guint32 length;
  guint32 hash;
} Entry;

struct _EklTextSet {
  Entry *entries;
  guint n, capacity;
  guint32 *places; /* (n_places) index of an entry, or NOWHERE */
  guint n_places;  /* a power of two */
  GPtrArray *blocks;
  gsize used, size; /* of the last block */
};

/**
 * ekl_text_set_new:
 *
 * Returns: (transfer full): a set without texts
 */
EklTextSet *
ekl_text_set_new (void)
{
  EklTextSet *self = g_new0 (EklTextSet, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * ekl_text_set_free:
 * @self: (nullable): a set
 *
 * Frees it and its texts.
 */
void
ekl_text_set_free (EklTextSet *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self->entries);
  g_free (self->places);
  g_free (self);
}

/* Eight bytes at a time, mixed as in MurmurHash3's finaliser (A. Appleby, public domain). */
static guint32
hash_text (const char *text, gsize length)
{
  guint64 hash = length * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  for (; length > 0; text += MIN (length, 8), length -= MIN (length, 8)) {
    guint64 word = 0;
    memcpy (&word, text, MIN (length, 8));
    hash = (hash ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
    hash ^= hash >> 33;
  }
  return (guint32) (hash ^ (hash >> 32));
}

static void
place (EklTextSet *self, guint32 code)
{
  guint at = self->entries[code].hash & (self->n_places - 1);

  while (self->places[at] != NOWHERE)
    at = (at + 1) & (self->n_places - 1);
  self->places[at] = code;
}

static void
grow (EklTextSet *self)
{
  self->n_places = self->n_places == 0 ? FIRST_PLACES : 2 * self->n_places;
  self->capacity = self->n_places / 2;
  self->entries = g_renew (Entry, self->entries, self->capacity);
  self->places = g_renew (guint32, self->places, self->n_places);
  memset (self->places, 0xff, self->n_places * sizeof (guint32));
  for (guint32 code = 0; code < self->n; code++)
    place (self, code);
}

static const char *
store (EklTextSet *self, const char *text, gsize length)
{
  char *copy;

  if (self->size - self->used <= length) {
    self->size = MAX (length + 1, self->blocks->len == 0 ? 256 : BLOCK_SIZE);
    self->used = 0;
    g_ptr_array_add (self->blocks, g_malloc (self->size));
  }
  copy = (char *) self->blocks->pdata[self->blocks->len - 1] + self->used;
  memcpy (copy, text, length);
  copy[length] = '\0';
  self->used += length + 1;
  return copy;
}

/**
 * ekl_text_set_add:
 * @self: a set
 * @text: (array length=length): a text
 * @length: its bytes, fewer than 2^32
 *
 * Returns: the number of this text: that of the equal one that is there already, or the next
 */
guint32
ekl_text_set_add (EklTextSet *self, const char *text, gsize length)
{
  guint32 hash = hash_text (text, length);

  if (self->n == self->capacity)
    grow (self);
  for (guint at = hash & (self->n_places - 1); self->places[at] != NOWHERE;
       at = (at + 1) & (self->n_places - 1)) {
    const Entry *entry = &self->entries[self->places[at]];
    if (entry->hash == hash && entry->length == length && memcmp (entry->text, text, length) == 0)
      return self->places[at];
  }
  self->entries[self->n] =
    (Entry){ .text = store (self, text, length), .length = (guint32) length, .hash = hash };
  place (self, self->n);
  return self->n++;
}

/**
 * ekl_text_set_get_n:
 * @self: a set
 *
 * Returns: how many texts there are
 */
guint
ekl_text_set_get_n (const EklTextSet *self)
{
  return self->n;
}

/**
 * ekl_text_set_get:
 * @self: a set
 * @code: the number of a text
 *
 * Returns: the text
 */
const char *
ekl_text_set_get (const EklTextSet *self, guint32 code)
{
  return self->entries[code].text;
}

/**
 * ekl_text_set_get_length:
 * @self: a set
 * @code: the number of a text
 *
 * Returns: the text's bytes
 */
gsize
ekl_text_set_get_length (const EklTextSet *self, guint32 code)
{
  return self->entries[code].length;
}

typedef struct {
  Entry entry;
  guint32 code;
  double number; /* where it is one */
  gboolean is_number;
} Sorted;

/* Numbers first and by their value, then texts by their bytes. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const Sorted *one = a, *other = b;

  if (one->is_number != other->is_number)
    return one->is_number ? -1 : 1;
  if (one->is_number && one->number != other->number)
    return one->number < other->number ? -1 : 1;
  return strcmp (one->entry.text, other->entry.text);
}

/**
 * ekl_text_set_sort:
 * @self: a set
 *
 * Renumbers the texts: those that are numbers first, in ascending order, then the others by the
 * alphabet.
 *
 * Returns: (transfer full): (n) the new number of every old one
 */
guint32 *
ekl_text_set_sort (EklTextSet *self)
{
  g_autofree Sorted *sorted = g_new0 (Sorted, self->n);
  guint32 *new_codes = g_new (guint32, MAX (self->n, 1));

  for (guint32 code = 0; code < self->n; code++) {
    char *end;
    sorted[code].entry = self->entries[code];
    sorted[code].code = code;
    sorted[code].number = g_ascii_strtod (self->entries[code].text, &end);
    sorted[code].is_number =
      end != self->entries[code].text && *end == '\0' && sorted[code].number == sorted[code].number;
  }
  qsort (sorted, self->n, sizeof (Sorted), compare);
  for (guint32 k = 0; k < self->n; k++) {
    self->entries[k] = sorted[k].entry;
    new_codes[sorted[k].code] = k;
  }
  if (self->n_places > 0)
    memset (self->places, 0xff, self->n_places * sizeof (guint32));
  for (guint32 code = 0; code < self->n; code++)
    place (self, code);
  return new_codes;
}
