/* undo_stack.h - what the user has changed, step by step, back and forth
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_job.h"

G_BEGIN_DECLS

/* One thing that the user did: some settings changed, or other data were opened. */
typedef struct {
  guint id;                     /* from 1, each once */
  char *label;                  /* "Learning rate h 0.05 → 0.1" */
  GPtrArray *settings;          /* of char *: which ones; empty where data were opened */
  EklExperiment *before;        /* all settings */
  EklExperiment *after;
  EklProblem *problem_before;   /* where data were opened; else NULL */
  EklProblem *problem_after;
  EklExperiment *recorded;      /* whose replay was ended by it; NULL: none */
} EklUndoStep;

typedef struct _EklUndoStack EklUndoStack;

EklUndoStack *ekl_undo_stack_new        (guint             capacity);
void          ekl_undo_stack_free       (EklUndoStack     *self);

EklUndoStep  *ekl_undo_stack_add        (EklUndoStack     *self,
                                         const char       *setting,
                                         EklExperiment    *before,
                                         EklExperiment    *after,
                                         gint64            now_us);
EklUndoStep  *ekl_undo_stack_add_open   (EklUndoStack     *self,
                                         const char       *label,
                                         const EklProblem *before,
                                         const EklProblem *after);
void          ekl_undo_stack_seal       (EklUndoStack     *self);
EklUndoStep  *ekl_undo_stack_find       (EklUndoStack     *self,
                                         guint             id); /* NULL: it is gone */
void          ekl_undo_stack_refuse     (EklUndoStack     *self,
                                         guint             id,
                                         int               direction);

/* The step to take back, or to do again; NULL: none. Taking one moves on to the next. */
EklUndoStep  *ekl_undo_stack_peek_undo  (EklUndoStack     *self);
EklUndoStep  *ekl_undo_stack_peek_redo  (EklUndoStack     *self);
EklUndoStep  *ekl_undo_stack_undo       (EklUndoStack     *self);
EklUndoStep  *ekl_undo_stack_redo       (EklUndoStack     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklUndoStack, ekl_undo_stack_free)

G_END_DECLS
