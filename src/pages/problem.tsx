import { problems } from '../http/problem-list.ts'
import type { ProblemCode } from '../http/problems.ts'
import { page } from './layout.tsx'

/** A failure, for people who look at pages: what it is and how to mend it. */
export function problemPage(code: ProblemCode, detail: string): string {
  const [, title, mend] = problems[code]
  return page({
    title,
    language: 'en',
    direction: 'ltr',
    children: (
      <main>
        <h1>{title}</h1>
        <p>{detail}</p>
        {detail !== mend && <p>{mend}</p>}
        <p class="quiet">If you were writing something, go back: your browser still has it.</p>
      </main>
    ),
  })
}
