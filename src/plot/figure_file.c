/* figure_file.c - figures as PNG, SVG, PDF and CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#define PNG_SCALE 2.0
#define PDF_SCALE 0.75 /* a px of CSS is 1/96 inch, a point of PDF 1/72 */
#define MAX_SIDE  15000

typedef enum {
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
  FORMAT_CSV,
  N_FORMATS,
} Format;

static const char *const ending[N_FORMATS] = { ".png", ".svg", ".pdf", ".csv" };

static Format
format_of (const char *path)
{
  Format format = 0;
  gsize length = strlen (path);

  while (format < N_FORMATS &&
         (length <= strlen (ending[format]) ||
          g_ascii_strcasecmp (path + length - strlen (ending[format]), ending[format]) != 0))
    format++;

  return format;
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_surface (Format format, double width, double height, GByteArray *bytes)
{
  cairo_surface_t *surface;

  switch (format) {
  case FORMAT_SVG:
    surface = cairo_svg_surface_create_for_stream (append_cb, bytes, width, height);
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
    return surface;
  case FORMAT_PDF:
    return cairo_pdf_surface_create_for_stream (append_cb, bytes, width * PDF_SCALE,
                                                height * PDF_SCALE);
  case FORMAT_PNG:
  case FORMAT_CSV:
  case N_FORMATS:
  default:
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width * PNG_SCALE),
                                          (int) ceil (height * PNG_SCALE));
    cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
    return surface;
  }
}

static cairo_status_t
render (Format format,
        EklFigureKind kind,
        double width,
        double height,
        const EklTheme *theme,
        const EklFigureOptions *options,
        const EklFigureData *data,
        GByteArray *bytes)
{
  cairo_surface_t *surface = make_surface (format, width, height, bytes);
  cairo_t *cr = cairo_create (surface);
  EklFigureData drawn = *data;
  cairo_status_t status;

  drawn.relief_cache = NULL; /* a file is not in a hurry */
  if (format == FORMAT_PDF) {
    cairo_scale (cr, PDF_SCALE, PDF_SCALE);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                    options && options->title ? options->title
                                                              : ekl_figure_kind_get_name (kind));
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "EKI Lab");
  }
  ekl_figure_draw (kind, cr, width, height, theme, options, &drawn, NULL);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == FORMAT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return status;
}

/**
 * ekl_figure_measure:
 * @kind: which figure
 * @width: px
 * @height: px
 * @theme: colours and sizes
 * @options: (nullable): options
 * @data: what would be drawn
 * @layout: (out): what would be where
 *
 * Draws a figure nowhere.
 */
void
ekl_figure_measure (EklFigureKind kind,
                    double width,
                    double height,
                    const EklTheme *theme,
                    const EklFigureOptions *options,
                    const EklFigureData *data,
                    EklFigureLayout *layout)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);

  ekl_figure_draw (kind, cr, width, height, theme, options, data, layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/**
 * ekl_figure_write:
 * @kind: which figure
 * @path: where to; its ending says the format: .png (two pixels a px), .svg or .pdf, or .csv for
 * the numbers
 * @width: px, up to 15000
 * @height: px
 * @theme: colours and sizes
 * @options: (nullable): options
 * @data: what to draw
 * @error: #GFileError: INVAL for an ending or a size that cannot be, FAILED where cairo fails,
 * else what the system said
 *
 * Writes a figure. The file is complete or not there: it is written beside @path and renamed, and
 * on failure whatever was at @path stays.
 *
 * Returns: whether it was written
 */
gboolean
ekl_figure_write (EklFigureKind kind,
                  const char *path,
                  double width,
                  double height,
                  const EklTheme *theme,
                  const EklFigureOptions *options,
                  const EklFigureData *data,
                  GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *name = NULL;
  cairo_status_t status;
  Format format;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (theme != NULL, FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  name = g_filename_display_name (path);
  format = format_of (path);
  if (format == N_FORMATS) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 "“%s”: the name of a picture must end in .png, .svg or .pdf, or in .csv "
                 "for its numbers",
                 name);
    return FALSE;
  }
  if (!(width >= 1 && height >= 1 && width <= MAX_SIDE && height <= MAX_SIDE)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 "“%s”: a picture of %g × %g px cannot be written; choose 1 to %d px a side", name,
                 width, height, MAX_SIDE);
    return FALSE;
  }

  if (format == FORMAT_CSV) {
    const gboolean spectrum = kind == EKL_FIGURE_ENSEMBLE && data->ensemble && options &&
                              options->quantity == EKL_ENSEMBLE_SPECTRUM;
    g_autofree char *text =
      spectrum ? ekl_spectrum_to_csv (data->ensemble) : ekl_figure_to_csv (kind, data);

    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
  }

  status = render (format, kind, width, height, theme, options, data, bytes);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                 "“%s”: the picture could not be drawn: %s", name, cairo_status_to_string (status));
    return FALSE;
  }

  return g_file_set_contents_full (path, (const char *) bytes->data, bytes->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
