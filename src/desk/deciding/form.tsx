import type { FunctionComponent, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import type { Comment, Decision } from '../api/shapes.ts'
import { useBench } from '../frame/bench.ts'
import { useKeys } from '../keys/listen.ts'
import type { Draft, Form } from '../queue/drafts.ts'
import { texts } from '../texts.ts'
import { CutForm } from './cut-form.tsx'
import type { Cut } from './cuts.ts'
import { decisionOf, isBegun, newDraft } from './decide.ts'
import { EditForm } from './edit-form.tsx'
import { NoteForm } from './note-form.tsx'
import type { Lettered } from './rule-letters.ts'
import { RulesForm } from './rules-form.tsx'

export interface FormProps {
  comment: Comment
  rules: readonly Lettered[]
  draft: Draft
  /** what was selected in the text when this was opened */
  selected: Pick<Cut, 'start' | 'end'> | undefined
  problem: string | null
  onDraft: (draft: Draft) => void
  /** asks for what the draft says */
  onSend: (draft: Draft) => void
  /** asks for just this */
  onDecide: (decision: Decision) => void
  onClose: () => void
}

const parts: Record<Form, FunctionComponent<FormProps>> = {
  reject: RulesForm,
  return: RulesForm,
  escalate: RulesForm,
  edit: EditForm,
  cut: CutForm,
  note: NoteForm,
}

/** What is being decided or written about a comment; each change of it is kept as a draft at once. */
export function DecideForm({
  comment,
  form,
  rules,
  proposed,
  selected,
  onClose,
}: Pick<FormProps, 'comment' | 'rules' | 'selected' | 'onClose'> & {
  form: Form
  /** the words that somebody proposes, to begin with */
  proposed: { text: string; name: string | null } | undefined
}): VNode {
  const { drafts, work, say, details } = useBench()
  const [problem, setProblem] = useState<string | null>(null)
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = drafts.read(comment.id)
    if (kept?.form === form) return kept
    return { ...newDraft(comment, form), ...(form === 'edit' && proposed) }
  })
  const Part = parts[form]

  function keep(next: Draft): void {
    setDraft(next)
    if (isBegun(next, comment)) drafts.write(comment.id, next)
    else drafts.erase(comment.id)
  }

  function send(asked: Draft): void {
    if (asked.form === 'note') {
      void writeNote(asked.note)
      return
    }
    const decision = decisionOf(asked, comment, rules)
    if (decision) decide(decision, asked)
    else setProblem(asked.form === 'return' ? texts.deciding.returnMissing : texts.deciding.ruleMissing)
  }

  function decide(decision: Decision, asked = draft): void {
    drafts.write(comment.id, asked)
    work.decide(decision, comment)
  }

  async function writeNote(text: string): Promise<void> {
    if (text.trim() === '') return
    const params = { path: { id: comment.id } }
    const asked = answerTo(api.POST('/v1/moderation/comments/{id}/notes', { params, body: { text } }))
    const answer = await work.heard(asked)
    if (answer.kind !== 'given') {
      setProblem(answer.kind === 'refused' ? answer.problem.detail : texts.lost)
      return
    }
    drafts.erase(comment.id)
    say(texts.deciding.noteKept)
    void details.fetchPast(comment)
    onClose()
  }

  useKeys('form', ({ key }) => {
    if (key === 'Escape') onClose()
    // While this is open, no letter decides about the comment behind it.
    return key !== 'Enter'
  })

  return (
    <Part
      comment={comment}
      rules={rules}
      draft={draft}
      selected={selected}
      problem={problem}
      onDraft={keep}
      onSend={send}
      onDecide={decide}
      onClose={onClose}
    />
  )
}
