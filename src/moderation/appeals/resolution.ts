import { z } from 'zod'
import { AppealOutcome } from '../../comments/comment.ts'
import { DecisionMade, Remark } from '../decision.ts'
import { Appeal } from './appeal.ts'

/** What another person decides about an appeal, by whoever wrote the comment or by whoever reported it. */
export const Resolution = z
  .strictObject({
    outcome: AppealOutcome,
    explanation: Remark.unwrap().meta({ description: 'For whoever appeals.' }),
    text: z.string().optional().meta({
      description: 'With `partly_reversed`: the text to publish, made from the one that was judged.',
    }),
    name: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'With `partly_reversed`: the name to publish; null for none.' }),
    rules: z.array(z.string().max(40)).max(20).default([]).meta({
      description:
        'With `partly_reversed`: codes of rules that permit the edit; where a report is reversed, of rules that permit to unpublish.',
    }),
    reason: Remark.optional().meta({
      description: 'Of a report, where the comment does not stay as it is: for whoever wrote the comment.',
    }),
    note: Remark.optional().meta({ description: 'For moderators only, unless the outcome is `upheld`.' }),
  })
  .meta({
    id: 'Resolution',
    examples: [
      { outcome: 'upheld', explanation: 'The comment accuses a person by name.' },
      { outcome: 'reversed', explanation: 'You are right: it is an insult.', rules: ['respect'] },
    ],
  })
export type Resolution = z.infer<typeof Resolution>

/** An appeal with what came of it. */
export const AppealResolved = Appeal.extend({
  decision: DecisionMade.omit({ next: true })
    .optional()
    .meta({ description: 'The decision that carries the outcome out; none where it was upheld.' }),
}).meta({ id: 'AppealResolved' })
export type AppealResolved = z.infer<typeof AppealResolved>
