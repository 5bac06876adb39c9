/* houses.h - a small table: semicolons, decimal commas, words, a gap and a cell that is no number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#define HOUSES                                                                                     \
  "id;area;heating;price\n"                                                                        \
  "1;50,5;gas;100,5\n2;60,5;oil;120\n3;;gas;130\n4;80;oil;140,5\n5;big;gas;150\n"                  \
  "6;90;oil;160\n7;95;gas;170\n8;99;oil;180\n9;70,25;gas;150\n10;75;oil;165\n"
