/* program.h - eki-lab-cli as a child process, in a folder of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  int status;
  char *out;
  char *err;
} ProgramResult;

void           program_result_free (ProgramResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProgramResult, program_result_free)

/* The folder is made anew for every test and goes with the test. */
char          *program_folder      (void);
char          *program_write       (const char    *folder,
                                    const char    *name,
                                    const char    *text);
char          *program_list        (const char    *folder);
GBytes        *program_read        (const char    *folder,
                                    const char    *name);

/* Words end with NULL; the program's name is not among them. */
GSubprocess   *program_start       (const char        *folder,
                                    const char *const *words);
ProgramResult *program_wait        (GSubprocess       *child);
ProgramResult *program_run         (const char        *folder,
                                    ...) G_GNUC_NULL_TERMINATED;
ProgramResult *program_run_line    (const char        *folder,
                                    const char        *line);
void           program_expect      (const char        *folder,
                                    const char        *line);
guint          program_count_lines (const char        *text);

G_END_DECLS
