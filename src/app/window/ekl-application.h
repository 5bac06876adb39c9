/* ekl-application.h - the program: its windows and its keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_APPLICATION (ekl_application_get_type ())
G_DECLARE_FINAL_TYPE (EklApplication, ekl_application, EKL, APPLICATION, AdwApplication)

EklApplication *ekl_application_new (GApplicationFlags flags);

G_END_DECLS
