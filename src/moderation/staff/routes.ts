import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { noStore } from '../../http/headers.ts'
import { asModerator } from '../../http/openapi.ts'
import { answers } from '../../http/problems.ts'
import type { Screening } from '../../screening/screened.ts'
import { replyAsStaff } from './reply-as-staff.ts'
import { NewStaffReply, StaffReplySent } from './staff-reply.ts'

/** Answers by those who moderate. */
export const staffRoutes: FastifyPluginAsyncZod<Screening> = async (app, intake) => {
  app.post(
    '/v1/moderation/comments/:id/replies',
    {
      config: { budget: 'moderating' },
      schema: {
        operationId: 'replyAsStaff',
        summary: 'Answer a published comment as one of the staff',
        description:
          'The answer waits in the queue until another person has read and published it, and is then marked as one of the staff. Closed articles take it as well.',
        tags: ['moderation'],
        security: asModerator,
        params: z.strictObject({ id: z.uuid() }),
        body: NewStaffReply,
        response: {
          202: StaffReplySent,
          ...answers(
            'malformed_body',
            'unauthenticated',
            'forbidden',
            'comment_not_found',
            'parent_not_published',
            'second_person_missing',
            'body_too_large',
            'unsupported_media_type',
            'text_empty',
            'text_too_long',
            'text_too_large',
            'name_too_long',
            'replies_too_deep',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await app.identify(request)
      const sent = await replyAsStaff(intake, caller, request.params.id, request.body)
      return reply.code(202).headers(noStore).send(sent)
    },
  )
}
