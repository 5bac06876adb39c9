/* relief_cache.c - the parameter plane's ground as an image, for who draws it again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The loss in the plane changes a few times a run, the particles on it with every frame. To fill and
 * trace the levels takes longer than all the rest of the picture, so it is done once for a field and a
 * size, and the image is laid below the particles where the field lies then.
 */
#include "relief_cache.h"

#include <math.h>
#include <string.h>

#define N_IMAGES   2   /* this plane's ground, and the former one's while it goes */
#define MAX_PIXELS 4e6 /* of an image; a field that is seen from nearer is not kept */
/* An image that is so much too large or too small will do, while the view moves. */
#define STRETCH 0.2

typedef struct {
  cairo_surface_t *surface; /* NULL: none */
  EklRelief relief;         /* what it shows: the levels, and a field of its own */
  EklColor ground, ink;
  EklBox place;         /* of the field when it was last drawn, px */
  double width, height; /* of the field in the image, px */
  double scale;         /* the image's pixels a px */
  guint age;            /* drawings since it was of use */
} Image;

struct _EklReliefCache {
  Image image[N_IMAGES];
};

/**
 * ekl_relief_cache_new:
 *
 * Returns: an empty cache
 */
EklReliefCache *
ekl_relief_cache_new (void)
{
  return g_new0 (EklReliefCache, 1);
}

static void
clear_image (Image *image)
{
  g_clear_pointer (&image->surface, cairo_surface_destroy);
  ekl_relief_clear (&image->relief);
}

/**
 * ekl_relief_cache_free:
 * @self: (nullable): a cache
 */
void
ekl_relief_cache_free (EklReliefCache *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_IMAGES; i++)
    clear_image (&self->image[i]);
  g_free (self);
}

static gboolean
same_field (const EklField *a, const EklField *b)
{
  return a->n_columns == b->n_columns && a->n_rows == b->n_rows && a->x0 == b->x0 &&
         a->x1 == b->x1 && a->y0 == b->y0 && a->y1 == b->y1 &&
         memcmp (a->value, b->value, sizeof *a->value * a->n_columns * a->n_rows) == 0;
}

static gboolean
same_levels (const EklLevels *a, const EklLevels *b)
{
  return a->n == b->n && a->log == b->log &&
         memcmp (a->level, b->level, a->n * sizeof *a->level) == 0;
}

static gboolean
same_color (const EklColor *a, const EklColor *b)
{
  return a->red == b->red && a->green == b->green && a->blue == b->blue;
}

static gboolean
shows (const Image *image, const EklRelief *relief, const EklCanvas *canvas, double scale)
{
  return image->surface != NULL && image->scale == scale &&
         same_color (&image->ground, &canvas->theme->background) &&
         same_color (&image->ink, &canvas->theme->foreground) &&
         same_levels (&image->relief.levels, &relief->levels) &&
         same_field (image->relief.field, relief->field);
}

static EklBox
find_place (const EklField *field, const EklChart *chart)
{
  const double left = ekl_scale_map (&chart->x, field->x0);
  const double right = ekl_scale_map (&chart->x, field->x1);
  const double top = ekl_scale_map (&chart->y, field->y1);
  const double bottom = ekl_scale_map (&chart->y, field->y0);

  return (EklBox){ left, top, right - left, bottom - top };
}

static gboolean
same_place (const EklBox *a, const EklBox *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/* Whether the image will do there. What does not move is drawn for its place exactly. */
static gboolean
fits (const Image *image, const EklBox *place)
{
  if (image->width == place->width && image->height == place->height)
    return TRUE;
  return !same_place (&image->place, place) && fabs (image->width / place->width - 1) < STRETCH &&
         fabs (image->height / place->height - 1) < STRETCH;
}

static EklField *
copy_field (const EklField *field)
{
  EklField *copy = g_memdup2 (field, sizeof *field);

  copy->value = g_memdup2 (field->value, sizeof *field->value * field->n_columns * field->n_rows);
  return copy;
}

/* The relief alone, its field from edge to edge of a new image. */
static cairo_surface_t *
paint (const EklRelief *relief, const EklTheme *theme, const EklBox *place, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_ARGB32, (int) ceil (place->width * scale), (int) ceil (place->height * scale));
  cairo_t *cr;
  EklCanvas canvas;
  EklChart chart = { 0 };

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  ekl_canvas_init (&canvas, cr, theme, place->width, place->height);
  ekl_scale_init (&chart.x, relief->field->x0, relief->field->x1, 0, place->width, FALSE);
  ekl_scale_init (&chart.y, relief->field->y0, relief->field->y1, place->height, 0, FALSE);
  ekl_relief_draw (relief, &canvas, &chart);
  cairo_destroy (cr);
  return surface;
}

static void
make_image (
  Image *image, const EklRelief *relief, const EklCanvas *canvas, const EklBox *place, double scale)
{
  clear_image (image);
  image->surface = paint (relief, canvas->theme, place, scale);
  image->relief.levels = relief->levels;
  image->relief.field = copy_field (relief->field);
  image->ground = canvas->theme->background;
  image->ink = canvas->theme->foreground;
  image->width = place->width;
  image->height = place->height;
  image->scale = scale;
}

/* The image of this relief, or the one that was of no use for longest. */
static Image *
choose_image (EklReliefCache *self, const EklRelief *relief, const EklCanvas *canvas, double scale)
{
  Image *chosen = &self->image[0];

  for (guint i = 0; i < N_IMAGES; i++) {
    Image *image = &self->image[i];

    image->age++;
    if (shows (image, relief, canvas, scale))
      return image;
    if (image->age > chosen->age)
      chosen = image;
  }
  return chosen;
}

/**
 * ekl_relief_cache_draw:
 * @self: a cache
 * @relief: a relief with a field
 * @canvas: where to draw; not a vector format
 * @chart: the plane's scales
 * @opacity: 0 to 1
 *
 * Draws as ekl_relief_draw() does, from an image.
 *
 * Returns: %FALSE where nothing was drawn: seen from so near the field is too large to be kept
 */
gboolean
ekl_relief_cache_draw (
  EklReliefCache *self, const EklRelief *relief, EklCanvas *canvas, EklChart *chart, double opacity)
{
  const EklBox place = find_place (relief->field, chart);
  cairo_t *cr = canvas->cr;
  double scale, scale_y;
  Image *image;

  cairo_surface_get_device_scale (cairo_get_target (cr), &scale, &scale_y);
  if (!(place.width >= 1 && place.height >= 1 &&
        place.width * place.height * scale * scale <= MAX_PIXELS))
    return FALSE;
  image = choose_image (self, relief, canvas, scale);
  if (!shows (image, relief, canvas, scale) || !fits (image, &place))
    make_image (image, relief, canvas, &place, scale);
  image->place = place;
  image->age = 0;

  cairo_save (cr);
  cairo_translate (cr, place.x, place.y);
  cairo_scale (cr, place.width / image->width, place.height / image->height);
  cairo_set_source_surface (cr, image->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint_with_alpha (cr, opacity);
  cairo_restore (cr);

  return TRUE;
}
