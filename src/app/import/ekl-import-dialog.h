/* ekl-import-dialog.h - how a table comes in: what was guessed on the left, what it looks like on the right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_IMPORT_DIALOG (ekl_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EklImportDialog, ekl_import_dialog, EKL, IMPORT_DIALOG, AdwWindow)

/**
 * EklImportDialog: signals
 *   "accepted" ()   the user wants it so; the dialog closes itself right after
 */
GtkWidget *ekl_import_dialog_new        (GtkWindow       *parent,
                                         EklImport       *import);
EklImport *ekl_import_dialog_get_import (EklImportDialog *self);

G_END_DECLS
