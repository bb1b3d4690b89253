import type { ComponentChildren, VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { texts } from '../texts.ts'

/** What is open below a comment: its heading takes the focus, Ctrl+Enter sends, Escape closes. */
export function FormFrame({
  heading,
  problem,
  onSend,
  onClose,
  send,
  children,
  focusesItself = false,
}: {
  heading: string
  problem: string | null
  onSend: () => void
  onClose: () => void
  /** what the button says that sends; none where letters do */
  send?: string
  children: ComponentChildren
  /** whether something within takes the focus */
  focusesItself?: boolean
}): VNode {
  const head = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (!focusesItself) head.current?.focus()
  }, [focusesItself])
  return (
    <form
      class="decide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        onSend()
      }}
    >
      <h3 tabIndex={-1} ref={head}>
        {heading}
      </h3>
      {children}
      {problem !== null && (
        <p class="told warning" role="alert">
          {problem}
        </p>
      )}
      <p class="buttons">
        {send !== undefined && (
          <button type="submit" class="main" title={texts.deciding.sendBy}>
            {send}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {texts.cancel}
        </button>
      </p>
    </form>
  )
}
