/* theme.c - colours, fonts and line widths of the pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "theme.h"

#include <math.h>

#define FONT_FAMILY "Cantarell, Adwaita Sans, Inter, Noto Sans, DejaVu Sans, Sans"
#define FONT_SIZE   12.0
#define LINE_WIDTH  2.0

static EklColor
rgb (guint32 hex, double alpha)
{
  return (EklColor){ ((hex >> 16) & 0xff) / 255.0, ((hex >> 8) & 0xff) / 255.0,
                     (hex & 0xff) / 255.0, alpha };
}

/* ground, text, quiet text, grid, then the three series */
static const guint32 palette[][7] = {
  [EKL_THEME_LIGHT] = { 0xffffff, 0x241f31, 0x5e5c64, 0xe4e3e6, 0x0072b2, 0xd55e00, 0x009e73 },
  [EKL_THEME_DARK] = { 0x1e1e1e, 0xf6f5f4, 0xb8b6bc, 0x3a3a3c, 0x4fb3f0, 0xff8a3d, 0x2fc796 },
  [EKL_THEME_HIGH_CONTRAST] = { 0xffffff, 0x000000, 0x1c1c1c, 0xa0a0a0, 0x004f87, 0xa83c00,
                                0x006b4a },
  [EKL_THEME_HIGH_CONTRAST_DARK] = { 0x000000, 0xffffff, 0xe6e6e6, 0x6e6e6e, 0x7cc8ff, 0xffa566,
                                     0x58e0b2 },
  [EKL_THEME_PRESENTER] = { 0xffffff, 0x16121f, 0x4a484f, 0xdddce0, 0x0072b2, 0xd55e00, 0x009e73 },
  [EKL_THEME_PRINT] = { 0xffffff, 0x000000, 0x444444, 0xe0e0e0, 0x0072b2, 0xd55e00, 0x009e73 },
};

/**
 * ekl_theme_init:
 * @self: (out): the theme to fill
 * @kind: which one; an unknown value gives the light theme
 *
 * Fills @self with the colours, the font and the line width of one theme. The two methods' colours
 * are blue and vermilion of the colour-blind safe palette of Okabe and Ito (2008); on dark grounds
 * they are lightened so that the contrast stays 3:1 or more.
 */
void
ekl_theme_init (EklTheme *self, EklThemeKind kind)
{
  const guint32 *color;

  g_return_if_fail (self != NULL);

  if ((guint) kind >= G_N_ELEMENTS (palette))
    kind = EKL_THEME_LIGHT;

  color = palette[kind];
  *self = (EklTheme){
    .kind = kind,
    .background = rgb (color[0], 1),
    .foreground = rgb (color[1], 1),
    .dim = rgb (color[2], 1),
    .grid = rgb (color[3], 1),
    .selection = rgb (color[4], 0.18),
    .eki = rgb (color[4], 1),
    .gd = rgb (color[5], 1),
    .third = rgb (color[6], 1),
    .font_size = FONT_SIZE,
    .line_width = LINE_WIDTH,
    .strength = 1,
    .font_family = FONT_FAMILY,
  };

  if (kind == EKL_THEME_PRESENTER) {
    self->font_size *= 1.6;
    self->line_width *= 2;
  } else if (kind == EKL_THEME_HIGH_CONTRAST || kind == EKL_THEME_HIGH_CONTRAST_DARK) {
    self->line_width *= 1.5;
    self->strength = 1.7;
  }
}

static double
horner (const double *coefficient, guint n, double t)
{
  double sum = 0;

  for (guint i = n; i-- > 0;)
    sum = sum * t + coefficient[i];

  return CLAMP (sum / 255.0, 0.0, 1.0);
}

/**
 * ekl_cividis:
 * @t: 0 (dark blue) to 1 (yellow); values outside and NaN are clamped
 *
 * The colour map cividis (Nunez, Anderton, Renslow 2018): evenly rising lightness, and the same to
 * readers with and without a colour-vision deficiency. A polynomial of degree five a channel,
 * as in d3-scale-chromatic; within 2/255 of the table.
 *
 * Returns: an opaque colour
 */
EklColor
ekl_cividis (double t)
{
  static const double red[] = { -4.54, -35.34, 2381.73, -6402.7, 7024.72, -2710.57 };
  static const double green[] = { 32.49, 170.73, 52.82, -131.46, 176.58, -67.37 };
  static const double blue[] = { 81.24, 442.36, -2482.43, 6167.24, -6614.94, 2475.67 };

  t = isfinite (t) ? CLAMP (t, 0.0, 1.0) : (t > 0 ? 1.0 : 0.0);

  return (EklColor){ horner (red, 6, t), horner (green, 6, t), horner (blue, 6, t), 1 };
}
