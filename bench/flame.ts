import { z } from 'zod'

/** What V8 writes with --cpu-prof: a tree of calls, and which of them it was at, sample by sample. */
const Profile = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.int() }),
      children: z.array(z.int()).optional(),
    }),
  ),
  startTime: z.number(),
  endTime: z.number(),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
})

/** Stacks of functions, outermost first, joined by semicolons, with the milliseconds that each was on the processor. */
export type Folded = Map<string, number>

/** Between so many seconds before the end of a profile and so many; what was idle is left out. */
export function foldedIn(json: string, from: number, until: number): Folded {
  const { nodes, samples, timeDeltas, startTime, endTime } = Profile.parse(JSON.parse(json))
  const stackOf = new Map<number, string>()
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const parentOf = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const folded: Folded = new Map()
  let now = startTime
  for (const [at, sample] of samples.entries()) {
    const spent = timeDeltas[at + 1] ?? 0
    now += timeDeltas[at] ?? 0
    const before = (endTime - now) / 1e6
    if (before > from || before < until || names.get(sample) === '(idle)') continue
    const stack = stackOf.get(sample) ?? stackTo(sample)
    stackOf.set(sample, stack)
    folded.set(stack, (folded.get(stack) ?? 0) + spent / 1_000)
  }
  return folded

  function stackTo(id: number): string {
    const stack: string[] = []
    for (let one: number | undefined = id; one !== undefined; one = parentOf.get(one)) {
      const name = names.get(one)
      if (name !== undefined && name !== '(root)') stack.unshift(name)
    }
    return stack.join(';')
  }
}

/** Where it is, as somebody would look for it. */
function nameOf({
  functionName,
  url,
  lineNumber,
}: {
  functionName: string
  url: string
  lineNumber: number
}): string {
  const file = url.replace(/^file:\/\//, '').replace(/^.*\/(?=(dist|node_modules)\/)/, '')
  const where = file === '' ? '' : ` ${file}:${lineNumber + 1}`
  return `${functionName === '' ? '(anonymous)' : functionName}${where}`.replaceAll(';', ',')
}

export interface Share {
  name: string
  /** of all time on the processor: at work itself, and with what it called */
  self: number
  inclusive: number
}

/** Of each function; one that calls itself is counted once. */
export function sharesIn(folded: Folded): Share[] {
  const all = [...folded.values()].reduce((sum, spent) => sum + spent, 0)
  const shares = new Map<string, Share>()
  for (const [stack, spent] of folded) {
    const names = stack.split(';')
    for (const name of new Set(names)) {
      const share = shares.get(name) ?? { name, self: 0, inclusive: 0 }
      share.inclusive += spent / all
      if (name === names.at(-1)) share.self += spent / all
      shares.set(name, share)
    }
  }
  return [...shares.values()]
}

interface Frame {
  name: string
  spent: number
  inner: Map<string, Frame>
}

const width = 1_600
const height = 17

/** As wide as the time that it took, and above what called it; what is narrower than a pixel is left out. */
export function flameGraph(folded: Folded, title: string): string {
  const root: Frame = { name: title, spent: 0, inner: new Map() }
  for (const [stack, spent] of folded) {
    root.spent += spent
    let frame = root
    for (const name of stack.split(';')) {
      const inner = frame.inner.get(name) ?? { name, spent: 0, inner: new Map() }
      frame.inner.set(name, inner)
      inner.spent += spent
      frame = inner
    }
  }
  const boxes: string[] = []
  const depth = draw(root, 0, 0)
  const tall = (depth + 1) * height
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-tall} ${width} ${tall}" width="${width}" height="${tall}" role="img">
<style>rect { fill: #f3c969; stroke: #fff } rect.ours { fill: #8ecae6 } text { font: 11px monospace; fill: #111 }</style>
${boxes.join('\n')}
</svg>
`

  /** The greatest depth of what it draws. */
  function draw(frame: Frame, from: number, level: number): number {
    const wide = (frame.spent / root.spent) * width
    const y = -(level + 1) * height
    const percent = ((100 * frame.spent) / root.spent).toFixed(1)
    const shown = escaped(frame.name.slice(0, Math.max(0, Math.floor(wide / 6.7) - 1)))
    const kind = frame.name.includes(' dist/') ? ' class="ours"' : ''
    boxes.push(
      `<g><title>${escaped(frame.name)} ${percent} %</title><rect${kind} x="${from.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${height}"/><text x="${(from + 3).toFixed(1)}" y="${y + 12}">${shown}</text></g>`,
    )
    let [x, deepest] = [from, level]
    for (const inner of [...frame.inner.values()].toSorted((one, other) => other.spent - one.spent)) {
      const innerWide = (inner.spent / root.spent) * width
      if (innerWide < 1) continue
      deepest = Math.max(deepest, draw(inner, x, level + 1))
      x += innerWide
    }
    return deepest
  }
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
