import { z } from 'zod'
import { words } from '../../http/words.ts'
import { Note } from '../notes/note.ts'

/** What a moderator saw: somebody's life or safety is threatened. */
export const NewDanger = z
  .strictObject({ note: words(4_000).meta({ description: 'What you saw, for the other moderators.' }) })
  .meta({ id: 'NewDanger', examples: [{ note: 'Names a school, a day and a gun.' }] })
export type NewDanger = z.infer<typeof NewDanger>

/** What was noted, and what the site asks its moderators to do now. */
export const DangerReported = z
  .strictObject({
    note: Note,
    path: z.string().meta({ description: 'What to do next, in the words of the site. Plain text.' }),
  })
  .meta({ id: 'DangerReported' })
export type DangerReported = z.infer<typeof DangerReported>

/** What to do where the publisher wrote nothing of their own; docs/danger.md says why. */
export const standardDangerPath = `1. If somebody may be hurt soon, call the emergency number of the place that the comment names (112 in Europe, 911 in North America); if it names none, that of your own country. Say that you moderate comments for a news site, and read the comment out.
2. Tell your editor and the admin now, by telephone. Do not wait for an answer to a message.
3. Delete nothing. Do not approve, edit or erase the comment, and do not have its article deleted. Ask an admin to place a hold on it, so that nobody erases its words, not even whoever wrote them.
4. Do not answer whoever wrote it, and do not look for them yourself. They read the reason of a decision; notes are for moderators alone.
5. Do not copy the comment anywhere but where the police ask you to send it. We know no name, address or telephone number of whoever wrote it: say so when you are asked.
6. If somebody speaks of taking their own life, call the emergency number as well; what they wrote is no breach of a rule to be punished.
7. Write down in a note whom you called, and when. Then hand over and take a break.`
