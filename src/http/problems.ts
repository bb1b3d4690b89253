import { z } from 'zod'
import { problems } from './problem-list.ts'

export type ProblemCode = keyof typeof problems

/** One fault in a request: where it is (JSON Pointer, query or path parameter, or header) and what it is. */
const Fault = z.strictObject({
  pointer: z.string().optional(),
  parameter: z.string().optional(),
  header: z.string().optional(),
  code: z.string(),
  detail: z.string(),
})
type Fault = z.infer<typeof Fault>

/** RFC 9457 problem details: the one shape in which a request fails. */
export const ProblemDetails = z
  .looseObject({
    type: z.string().meta({ description: 'A page about this kind of problem.' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z.string().meta({ description: 'Names this one failure; the log has it too.' }),
    code: z.string().meta({ description: 'Stable, for programs.' }),
    errors: z.array(Fault).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })
export type ProblemDetails = z.infer<typeof ProblemDetails>

export interface ProblemExtras {
  errors?: Fault[]
  headers?: Record<string, string>
  /** further members of the problem, such as `current` */
  members?: Record<string, unknown>
}

/** Thrown anywhere, leaves as RFC 9457. `detail` is for people and never holds what a reader wrote. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly extras: ProblemExtras

  constructor(code: ProblemCode, detail?: string, extras: ProblemExtras = {}) {
    super(detail ?? problems[code][2])
    this.code = code
    this.extras = extras
  }

  get status(): number {
    return problems[this.code][0]
  }
}

/** The `response` entries of a route's schema for the problems that it answers with. */
export function answers(...codes: ProblemCode[]) {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of [...codes, 'invalid_request', 'too_many_requests', 'internal', 'unavailable'] as const) {
    const status = problems[code][0]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: [...new Set(same)].map((code) => `\`${code}\`: ${problems[code][1]}.`).join(' '),
        content: { 'application/problem+json': { schema: ProblemDetails } },
      },
    ]),
  )
}
