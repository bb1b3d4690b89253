import type { ComponentChildren, VNode } from 'preact'
import { texts } from '../texts.ts'

/** Rows of cells; numbers stand at the end of theirs. */
export function Table({
  caption,
  head,
  rows,
}: {
  caption: string
  head: readonly string[]
  rows: readonly (readonly ComponentChildren[])[]
}): VNode {
  if (rows.length === 0) {
    return (
      <p class="quiet">
        {caption}: {texts.none}
      </p>
    )
  }
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell) => (
                <td class={typeof cell === 'number' ? 'number' : ''}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
