import type { ComponentChildren } from 'preact'
import { problems } from '../http/problem-list.ts'
import type { ProblemCode } from '../http/problems.ts'
import { page } from './layout.tsx'
import { told } from './told.ts'
import type { Voice } from './voice.ts'

/** A failure, for readers: what it is and how to mend it. */
export function problemPage(code: ProblemCode, voice: Voice): string {
  const { what, mend } = told(voice, code)
  return inAll(voice, what, mend !== null && <p>{mend}</p>)
}

/** The same for moderators, who are told more, in English. */
export function deskProblemPage(code: ProblemCode, detail: string, voice: Voice): string {
  const [, title, mend] = problems[code]
  return inAll(
    voice,
    title,
    <>
      <p>{detail}</p>
      {detail !== mend && <p>{mend}</p>}
    </>,
  )
}

function inAll(voice: Voice, title: string, children: ComponentChildren): string {
  return page({
    title,
    language: voice.language,
    direction: voice.direction,
    children: (
      <main>
        <h1>{title}</h1>
        {children}
        <p class="quiet">{voice.say('page.keptText')}</p>
      </main>
    ),
  })
}
