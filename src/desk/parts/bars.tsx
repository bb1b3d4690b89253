import type { VNode } from 'preact'
import { texts } from '../texts.ts'
import { Table } from './table.tsx'

export interface Bar {
  label: string
  value: number
  /** as it is said, such as `3 hours` */
  said: string
}

const line = 22
const labelWidth = 120
const width = 380

/** Numbers as bars, longest first, and the same as a table behind them. */
export function Bars({ title, bars, unit }: { title: string; bars: readonly Bar[]; unit: string }): VNode {
  const shown = bars.filter(({ value }) => value > 0).toSorted((one, other) => other.value - one.value)
  const most = Math.max(1, ...shown.map(({ value }) => value))
  const height = Math.max(1, shown.length) * line
  return (
    <section>
      <h2>{title}</h2>
      {shown.length === 0 ? (
        <p class="quiet">{texts.none}</p>
      ) : (
        <>
          <svg
            class="chart"
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={described(title, shown)}
          >
            {shown.map(({ label, value, said }, at) => {
              const length = ((width - labelWidth - 70) * value) / most
              return (
                <g transform={`translate(0 ${at * line})`}>
                  <text x={labelWidth - 8} y={15} text-anchor="end">
                    {label.slice(0, 20)}
                  </text>
                  <rect x={labelWidth} y={3} width={Math.max(1, length)} height={line - 8} rx={2} />
                  <text x={labelWidth + length + 6} y={15}>
                    {said}
                  </text>
                </g>
              )
            })}
          </svg>
          <details>
            <summary>{texts.figures.asTable}</summary>
            <Table
              caption={title}
              head={[texts.figures.what, unit]}
              rows={shown.map(({ label, said }) => [label, said])}
            />
          </details>
        </>
      )}
    </section>
  )
}

function described(title: string, bars: readonly Bar[]): string {
  return `${title}: ${bars.map(({ label, said }) => `${label} ${said}`).join(', ')}`
}
