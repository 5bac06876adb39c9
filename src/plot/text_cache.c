/* text_cache.c - texts that were laid out before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure has thirty texts, each of which is measured, placed and drawn, sixty times a second, and
 * nearly all of them are those of the drawing before. To lay them out took a quarter of a drawing's
 * time, so they are kept, those that were used last, for each thread its own.
 */
#include "text_cache.h"

#include <string.h>

typedef struct {
  EklTextLook look;
  PangoLayout *layout;
  GList link; /* in the order of use */
  char text[];
} Entry;

/* What a text's layout depends on of where it is drawn. */
typedef struct {
  cairo_font_options_t *options; /* of the surface; NULL: nothing was drawn yet */
  cairo_matrix_t matrix;
} Ground;

typedef struct {
  PangoContext *context;
  Ground ground;
  PangoAttrList *attributes;
  GHashTable *entries; /* set of Entry, owned */
  GQueue used;         /* newest first */
} Cache;

static void
cache_free (gpointer data)
{
  Cache *self = data;

  g_hash_table_unref (self->entries);
  pango_attr_list_unref (self->attributes);
  g_object_unref (self->context);
  g_clear_pointer (&self->ground.options, cairo_font_options_destroy);
  g_free (self);
}

static GPrivate this_cache = G_PRIVATE_INIT (cache_free);

static guint
hash_cb (gconstpointer data)
{
  const Entry *entry = data;

  return g_str_hash (entry->text) ^ (guint) entry->look.size ^ ((guint) entry->look.width << 7) ^
         ((guint) entry->look.weight << 20);
}

static gboolean
equal_cb (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  return x->look.family == y->look.family && x->look.size == y->look.size &&
         x->look.weight == y->look.weight && x->look.width == y->look.width &&
         x->look.alignment == y->look.alignment && strcmp (x->text, y->text) == 0;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->layout);
  g_free (entry);
}

/* Once: whoever sets options has all texts laid out anew. */
static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  return context;
}

static Cache *
get_cache (void)
{
  Cache *self = g_private_get (&this_cache);

  if (self != NULL)
    return self;
  self = g_new0 (Cache, 1);
  self->context = make_context ();
  self->entries = g_hash_table_new_full (hash_cb, equal_cb, entry_free, NULL);
  g_queue_init (&self->used);
  /* figures of one width: numbers that change do not dance */
  self->attributes = pango_attr_list_new ();
  pango_attr_list_insert (self->attributes, pango_attr_font_features_new ("tnum=1"));
  g_private_set (&this_cache, self);
  return self;
}

static void
find_ground (cairo_t *cr, Ground *ground)
{
  ground->options = cairo_font_options_create ();
  cairo_surface_get_font_options (cairo_get_target (cr), ground->options);
  cairo_get_matrix (cr, &ground->matrix);
}

static gboolean
same_ground (const Ground *a, const Ground *b)
{
  return a->options != NULL && b->options != NULL &&
         cairo_font_options_equal (a->options, b->options) && a->matrix.xx == b->matrix.xx &&
         a->matrix.xy == b->matrix.xy && a->matrix.yx == b->matrix.yx &&
         a->matrix.yy == b->matrix.yy;
}

/**
 * ekl_text_cache_begin:
 * @cr: what texts are to be drawn on next
 *
 * To be called before the texts of a drawing; where its surface wants them otherwise than the one
 * before they are laid out anew.
 */
void
ekl_text_cache_begin (cairo_t *cr)
{
  Cache *self = get_cache ();
  Ground ground;

  find_ground (cr, &ground);
  /* Pango 1.50 takes every update for a change */
  if (!same_ground (&self->ground, &ground))
    pango_cairo_update_context (cr, self->context);
  g_clear_pointer (&self->ground.options, cairo_font_options_destroy);
  self->ground = ground;
}

static PangoLayout *
make_layout (Cache *self, const char *text, const EklTextLook *look)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, look->family);
  pango_font_description_set_absolute_size (font, look->size);
  pango_font_description_set_weight (font, look->weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_attributes (layout, self->attributes);
  pango_layout_set_width (layout, look->width);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, look->alignment);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
forget_oldest (Cache *self)
{
  GList *oldest = g_queue_peek_tail_link (&self->used);

  g_queue_unlink (&self->used, oldest);
  g_hash_table_remove (self->entries, oldest->data);
}

/**
 * ekl_text_cache_get_context:
 *
 * Returns: (transfer none): of all its texts, for one that is made by hand
 */
PangoContext *
ekl_text_cache_get_context (void)
{
  return get_cache ()->context;
}

/**
 * ekl_text_cache_get:
 * @text: UTF-8
 * @look: how it is laid out
 *
 * Returns: (transfer none): the text, laid out; valid until the next call of this thread, and not to
 *   be changed
 */
PangoLayout *
ekl_text_cache_get (const char *text, const EklTextLook *look)
{
  Cache *self = get_cache ();
  const gsize size = strlen (text) + 1;
  Entry *wanted = g_malloc0 (sizeof (Entry) + size);
  Entry *entry;

  wanted->look = *look;
  memcpy (wanted->text, text, size);
  entry = g_hash_table_lookup (self->entries, wanted);
  if (entry != NULL) {
    g_free (wanted);
    g_queue_unlink (&self->used, &entry->link);
  } else {
    entry = wanted;
    entry->layout = make_layout (self, text, look);
    entry->link.data = entry;
    g_hash_table_add (self->entries, entry);
  }
  g_queue_push_head_link (&self->used, &entry->link);
  if (self->used.length > EKL_TEXT_CACHE_CAPACITY)
    forget_oldest (self);
  return entry->layout;
}

/**
 * ekl_text_cache_count:
 *
 * Returns: how many texts this thread has kept, at most EKL_TEXT_CACHE_CAPACITY
 */
guint
ekl_text_cache_count (void)
{
  return g_hash_table_size (get_cache ()->entries);
}
