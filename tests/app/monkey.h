/* monkey.h - a user who does anything at all, in any order, and remembers what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-window.h"

G_BEGIN_DECLS

typedef struct {
  GRand *rand;
  AdwApplication *application;
  EklWindow *window; /* NULL as soon as it is closed */
  EklWorkbench *workbench;
  char *folder;      /* with files to open, and for those that are written */
  char *said;        /* the last message of the workbench; NULL: none since it was last cleared */
  guint n_starts;    /* of runs that have begun */
  guint n_files;     /* written so far, for their names */
} Monkey;

/* What it can do; one is chosen as often as its weight says. */
typedef struct {
  const char *name; /* NULL: the end */
  guint weight;
  void (*act) (Monkey *self);
} MonkeyTrick;

extern const MonkeyTrick monkey_run_tricks[];
extern const MonkeyTrick monkey_view_tricks[];
extern const MonkeyTrick monkey_setting_tricks[];
extern const MonkeyTrick monkey_file_tricks[];
extern const MonkeyTrick monkey_input_tricks[];
extern const MonkeyTrick monkey_desktop_tricks[];

guint       monkey_below  (Monkey            *self,
                           guint              n); /* 0 to n - 1 */
gboolean    monkey_coin   (Monkey            *self,
                           guint              one_in);
double      monkey_number (Monkey            *self,
                           double             low,
                           double             high);
const char *monkey_word   (Monkey            *self,
                           const char *const *words); /* NULL-terminated */
int         monkey_whole  (Monkey            *self); /* small ones, and those at the edges */
void        monkey_note   (const char        *format,
                           ...) G_GNUC_PRINTF (1, 2);
void        monkey_do     (Monkey            *self,
                           GtkWidget         *widget,
                           const char        *action,
                           GVariant          *target);

/* Of the files that monkey_make_files() made in the folder, or of none. */
void        monkey_make_files (Monkey        *self);
char       *monkey_find_file  (Monkey        *self);

/* What must hold whatever was done, and once all has come to rest. */
void        monkey_check  (Monkey            *self);
void        monkey_settle (Monkey            *self);
void        monkey_check_saved (Monkey       *self);
gboolean    monkey_is_strict  (void);

/* Says on the way to the end what was done last, whoever ends it. */
void        monkey_watch  (void);
void        monkey_forget (guint              seed);

G_END_DECLS
