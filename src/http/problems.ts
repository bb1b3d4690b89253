import { z } from 'zod'

/**
 * Every way in which a request can fail. The key is the `code` that clients rely on; the pages under
 * /problems/ and the OpenAPI document are made from this list.
 */
export const problems = {
  invalid_request: [
    400,
    'The request is not valid',
    'Mend the fields that `errors` names and send it again.',
  ],
  malformed_request: [400, 'This is not an HTTP request', 'Send HTTP/1.1.'],
  malformed_body: [
    400,
    'The body cannot be read',
    'Send one JSON object, in UTF-8, with Content-Type: application/json.',
  ],
  invalid_cursor: [
    400,
    'The cursor is not valid',
    'Start again from the first page; a cursor belongs to the list and order that gave it.',
  ],
  unauthenticated: [
    401,
    'You are not signed in',
    'Send a valid key or receipt as `Authorization: Bearer …`, or sign in.',
  ],
  sign_in_failed: [
    401,
    'Sign-in failed',
    'Check the login and the password, or ask for a new link: links work once and for 15 minutes.',
  ],
  receipt_unknown: [
    401,
    'This receipt is not known',
    'Check it for typing errors; a receipt is five groups of five letters and digits.',
  ],
  forbidden: [403, 'You may not do this', 'Ask an admin for the role or the key that this needs.'],
  origin_not_allowed: [
    403,
    'This page may not send comments here',
    "Add the page's origin to the site's `origins`.",
  ],
  not_found: [404, 'There is nothing here', 'Check the address; the API reference lists every one.'],
  site_not_found: [404, 'There is no such site', 'Check the site in the address.'],
  article_not_found: [
    404,
    'There is no such article',
    'Register it with PUT, or let the site accept new articles and use their canonical URL as key.',
  ],
  terms_not_found: [
    404,
    'There is no such version of the terms',
    'Leave the version out to get the current one.',
  ],
  comment_not_found: [404, 'There is no such comment', 'Check the id.'],
  cluster_not_found: [404, 'Nothing waits in this cluster', 'Take the key from a comment that waits.'],
  person_not_found: [404, 'There is no such person', 'Check the id.'],
  key_not_found: [404, 'There is no such key', 'Check the id.'],
  method_not_allowed: [405, 'This address does not do that', 'Use one of the methods in `Allow`.'],
  request_timeout: [408, 'The request came too slowly', 'Send it again.'],
  article_closed: [409, 'Comments are closed here', 'Nothing can be sent here now; what is published stays.'],
  parent_not_published: [
    409,
    'That comment cannot be answered',
    'Answer a published comment of the same article.',
  ],
  illegal_move: [
    409,
    'That cannot be done in this state',
    'Look at the comment again; `detail` says what is possible.',
  ],
  second_person_needed: [
    409,
    'This needs a second person',
    'Escalate it with the decision that you propose; another moderator settles it.',
  ],
  second_person_missing: [
    409,
    'There is no second person',
    'This site has one moderator; cite another rule, or invite somebody.',
  ],
  claimed: [
    409,
    'Another moderator is reading this comment',
    'Take another one, or wait until `until`; an editor may take over.',
  ],
  too_late_to_undo: [409, 'It is too late to undo this', 'Unpublish it, or restore it, as a new decision.'],
  not_returned: [409, 'This comment was not returned to you', 'Only a returned comment can be sent again.'],
  still_running: [
    409,
    'The first request with this key is still running',
    'Wait a moment and send it again.',
  ],
  already_taken: [409, 'That is taken', 'Choose another.'],
  last_admin: [409, 'This is the last admin', 'Make somebody else an admin first.'],
  stale_version: [
    412,
    'The comment has changed since you read it',
    'Read it again: `current` says what stands now and who decided.',
  ],
  body_too_large: [413, 'The body is too large', 'Send less.'],
  unsupported_media_type: [
    415,
    'This kind of body is not understood',
    'Send JSON with Content-Type: application/json.',
  ],
  text_empty: [422, 'The text is empty', 'Write at least one visible character.'],
  text_too_long: [422, 'The text is too long', 'Shorten it.'],
  text_too_large: [422, 'The text is too large', 'Shorten it.'],
  name_too_long: [422, 'The name is too long', 'Shorten it, or leave it out.'],
  replies_too_deep: [422, 'Replies do not go this deep', 'Answer a comment further up.'],
  idempotency_key_reused: [
    422,
    'This key was used for another request',
    'Use a new Idempotency-Key for every new submission.',
  ],
  rule_missing: [422, 'This needs a rule', 'Cite at least one rule of the terms by its code.'],
  reason_missing: [422, 'This needs a reason', 'Tell the reader what to change in `reason`.'],
  rule_unknown: [422, 'There is no such rule', 'Use a code of the terms under which the text was sent.'],
  rule_does_not_permit: [
    422,
    'The rule does not permit this',
    'Cite a rule that does; the terms say what each permits.',
  ],
  not_the_same: [422, 'This is not the same comment', 'Decide about it alone.'],
  reason_unfinished: [422, 'The reason is not finished', 'Fill in what stands in {{…}}.'],
  nothing_changed: [422, 'The edit changes nothing', 'Approve it, or change the text or the name.'],
  edits_not_allowed: [
    422,
    'This site does not let moderators edit so',
    'Return or reject it; `detail` says which edits the site allows.',
  ],
  revision_unknown: [422, 'There is no such revision', 'Name a revision of this comment.'],
  precondition_required: [
    428,
    'Say which version you have judged',
    'Send If-Match with the ETag of the comment as you read it.',
  ],
  too_many_requests: [429, 'Too many requests', 'Wait as long as Retry-After says.'],
  too_many_articles: [429, 'Too many new articles', 'Register articles with PUT, or wait.'],
  headers_too_large: [431, 'The headers are too large', 'Send at most 16 kB of headers.'],
  internal: [500, 'Something went wrong here', 'It is our fault and was logged. Send it again later.'],
  unavailable: [
    503,
    'The service cannot answer now',
    'Nothing was lost. Wait as long as Retry-After says and send it again.',
  ],
} as const satisfies Record<string, readonly [status: number, title: string, mend: string]>

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
