import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Comment } from '../api/shapes.ts'
import type { Cut } from '../deciding/cuts.ts'
import { DecideForm } from '../deciding/form.tsx'
import { useBench } from '../frame/bench.ts'
import { useHeld } from '../frame/held-state.ts'
import type { Command } from '../keys/commands.ts'
import { useKeys } from '../keys/listen.ts'
import { CommentView, Noticed } from '../seeing/comment-view.tsx'
import { isHard } from '../seeing/hard.ts'
import { PastView } from '../seeing/past-view.tsx'
import { selectedIn } from '../seeing/selected.ts'
import { texts } from '../texts.ts'
import { Actions } from './actions.tsx'
import { rulesKey } from './details.ts'
import type { Form } from './drafts.ts'

/** One comment, with everything that can be decided about it. Drawn anew for each, so that nothing of the last one stays. */
export function Judging({ comment }: { comment: Comment }): VNode {
  const { work, details, drafts, sites, preferences, opened, go } = useBench()
  const known = useHeld(details.known)
  const { collapse, limit } = useHeld(preferences)
  const begun = drafts.read(comment.id)
  const [form, setForm] = useState<Form | null>(begun?.form ?? null)
  const [isOpen, setOpen] = useState(false)
  const [isPastShown, setPastShown] = useState(true)
  const [selected, setSelected] = useState<Pick<Cut, 'start' | 'end'>>()
  const heading = useRef<HTMLHeadingElement>(null)
  const words = useRef<HTMLDivElement>(null)
  const rules = known.rules.get(rulesKey(comment)) ?? []
  const past = known.pasts.get(comment.id)
  const site = sites.find(({ key }) => key === comment.site)
  const edits = site?.edits ?? 'full'
  const isHidden = collapse && isHard(comment) && !isOpen

  // Before the next paint, so that the focus is never nowhere.
  useLayoutEffect(() => {
    if (begun === undefined) heading.current?.focus({ preventScroll: true })
    if (window.scrollY > 0) window.scrollTo(0, 0)
  }, [])
  useEffect(() => {
    return edits === 'removals' && !isHidden ? watchSelection() : undefined
  }, [edits, isHidden])

  function cutSelected(): void {
    if (words.current && selectedIn(words.current, comment.text ?? '')) open('cut')
  }

  /** Where moderators only cut, what is selected is about to be. */
  function watchSelection(): () => void {
    document.addEventListener('pointerup', cutSelected)
    return () => document.removeEventListener('pointerup', cutSelected)
  }

  function open(next: Form): void {
    setSelected(words.current ? selectedIn(words.current, comment.text ?? '') : undefined)
    setForm((before) => (before === next ? null : next))
  }

  function reveal(): void {
    if (!isHidden || (limit !== null && opened.get() >= limit)) return
    setOpen(true)
    opened.change((count) => count + 1)
    heading.current?.focus()
  }

  function close(): void {
    setForm(null)
    heading.current?.focus()
  }

  const deeds: Partial<Record<Command, () => void>> = {
    approve: () => work.decide({ action: 'approve' }, comment),
    reject: () => open('reject'),
    edit: () => open(edits === 'removals' ? 'cut' : 'edit'),
    cut: () => open('cut'),
    return: () => open('return'),
    escalate: () => open('escalate'),
    note: () => open('note'),
    history: () => {
      setPastShown(past === undefined || !isPastShown)
      void details.fetchPast(comment)
    },
    reveal,
    alike: () => comment.cluster && go({ area: 'list', one: comment.cluster.key }),
  }
  const possible = possibleFor(comment, edits, isHidden)

  useKeys('comment', ({ command, repeats }) => {
    if (command === undefined || repeats || !possible.has(command)) return false
    deeds[command]?.()
    return deeds[command] !== undefined
  })

  return (
    <article class="judging" aria-busy={rules.length === 0}>
      <CommentView comment={comment} isOpen={isOpen} onOpen={reveal} headingRef={heading} wordsRef={words} />
      <Noticed comment={comment} />
      {comment.cluster && <p class="told">{texts.queue.cluster(comment.cluster.size)}</p>}
      <Actions possible={possible} deeds={deeds} open={form} />
      {begun && form === begun.form && (
        <p class="hint">{begun.version === comment.version ? texts.queue.draft : texts.queue.olderDraft}</p>
      )}
      {form && rules.length > 0 && (
        <DecideForm
          key={form}
          comment={comment}
          form={form}
          rules={rules}
          proposed={past?.judged.proposed ?? undefined}
          selected={selected}
          onClose={close}
        />
      )}
      {past && isPastShown && <PastView comment={comment} past={past} />}
    </article>
  )
}

/** What can be done about a comment as it stands. A text is not judged before it was seen. */
function possibleFor({ status, cluster, text }: Comment, edits: string, isHidden: boolean): Set<Command> {
  const always: Command[] = ['note', 'history', ...(cluster ? (['alike'] as const) : [])]
  if (isHidden) return new Set<Command>([...always, 'reveal', 'skip', 'reject', 'escalate'])
  const changes: Command[] =
    text === null || edits === 'off' ? [] : edits === 'removals' ? ['cut'] : ['edit', 'cut']
  if (status === 'pending') {
    return new Set([...always, 'approve', 'reject', ...changes, 'return', 'escalate', 'skip'])
  }
  if (status === 'second_review') return new Set([...always, 'approve', 'reject', ...changes, 'skip'])
  return new Set(status === 'published' ? [...always, 'reject', ...changes] : always)
}
