import { useMemo } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import type { Comment } from '../api/shapes.ts'
import { type Lettered, lettered } from '../deciding/rule-letters.ts'
import { useAnswer } from '../frame/asked.ts'

/** The rules under which a comment is judged; none until they came, and for no comment. */
export function useRules(comment: Pick<Comment, 'site' | 'termsVersion'> | undefined): readonly Lettered[] {
  const { site = '', termsVersion = 0 } = comment ?? {}
  const path = { site, version: termsVersion }
  const { data } = useAnswer(
    () => comment && answerTo(api.GET('/v1/sites/{site}/terms/{version}', { params: { path } })),
    `${site} ${termsVersion}`,
  )
  return useMemo(() => lettered(data?.rules ?? []), [data])
}
