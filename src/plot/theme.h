/* theme.h - colours, fonts and line widths of the pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double red, green, blue, alpha;
} EklColor;

typedef enum {
  EKL_THEME_LIGHT,
  EKL_THEME_DARK,
  EKL_THEME_HIGH_CONTRAST,      /* light ground */
  EKL_THEME_HIGH_CONTRAST_DARK,
  EKL_THEME_PRESENTER,          /* light ground, fonts x 1.6, lines x 2 */
  EKL_THEME_PRINT,              /* white ground, for files */
} EklThemeKind;

typedef struct {
  EklThemeKind kind;
  EklColor background, foreground, dim, grid, selection;
  EklColor eki, gd, third;      /* #0072B2, #D55E00, #009E73 on light; variants with 3:1 or more on dark */
  double font_size;             /* of tick labels, px */
  double line_width;
  double strength;              /* what is faint is so much less faint; 1 but for high contrast */
  const char *font_family;
} EklTheme;

void     ekl_theme_init    (EklTheme *self, EklThemeKind kind);
EklColor ekl_cividis       (double t); /* 0..1 */

G_END_DECLS
