/* accessible.h - the program as a screen reader finds it: started, looked at, pressed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

/* Names of our own, for which g_autoptr can be defined whatever the library's version. */
typedef AtspiAccessible Node;
typedef AtspiAction NodeAction;
typedef AtspiValue NodeValue;
typedef AtspiEditableText NodeText;
typedef AtspiComponent NodeComponent;
typedef AtspiStateSet NodeStates;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Node, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NodeAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NodeValue, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NodeText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NodeComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NodeStates, g_object_unref)

/* A child process and its window. Everything waits until it is so, or fails the test. */
typedef struct {
  GSubprocess *process;
  Node *window;
  Node *bar;         /* the controls and read-outs */
  GHashTable *known; /* role and name -> Node, of what keeps its name */
} Program;

Program *program_start      (const char  *argument); /* NULL: none */
Program *program_start_for_dialogs (void);           /* whose leaks, which are the toolkit's, are not looked for */
void     program_close      (Program     *self);     /* by the window's close button */

gboolean program_has        (Program     *self,
                             AtspiRole    role,
                             const char  *prefix);   /* of the accessible's name */
void     program_wait       (Program     *self,
                             AtspiRole    role,
                             const char  *prefix);
char    *program_read       (Program     *self,
                             const char  *what);     /* "Step": the rest of the name of the label "Step 12" */
double   program_read_number (Program    *self,
                             const char  *what);
void     program_wait_text  (Program     *self,
                             const char  *what,
                             const char  *text);
void     program_wait_above (Program     *self,
                             const char  *what,
                             double       number);
void     program_press      (Program     *self,
                             const char  *button);
void     program_show_all_settings (Program *self,
                             const char  *group);
void     program_wait_in_dialog (Program *self,
                             AtspiRole    role,
                             const char  *prefix);
gboolean program_has_in_dialog (Program  *self,
                             AtspiRole    role,
                             const char  *prefix);
void     program_choose_in_dialog (Program *self,
                             const char  *drop_down,
                             int          n_down);
void     program_let_dialog_close (Program *self);
char    *program_read_focus (Program     *self,     /* the name of what has it, in the last window; "" for none */
                             char       **place);   /* (out): different for all that can have it */
void     program_press_in_dialog (Program *self,
                             const char  *prefix);
void     program_set        (Program     *self,
                             const char  *spin_button,
                             double       value);
double   program_get        (Program     *self,
                             const char  *spin_button);
void     program_key        (Program     *self,
                             guint        keysym);
void     program_control_key (Program    *self,
                             guint        keysym,
                             gboolean     shift);
void     program_act        (Program     *self,
                             const char  *action,
                             GVariant    *parameter); /* floating; NULL: none */
void     program_walk       (Program     *self,
                             void       (*look) (Node *node, gpointer user_data),
                             gpointer     user_data);
void     program_click      (Program     *self,
                             AtspiRole    role,
                             const char  *name);
void     program_type       (Program     *self,
                             const char  *entry,
                             const char  *text);
