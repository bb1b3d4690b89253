import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { answerTo, api } from '../api/client.ts'
import { RuleButtons } from '../deciding/rule-buttons.tsx'
import { permitting } from '../deciding/rule-letters.ts'
import { problemIn, useAnswer } from '../frame/asked.ts'
import { useBench } from '../frame/bench.ts'
import { CommandButton } from '../keys/command-button.tsx'
import { useKeys } from '../keys/listen.ts'
import { Words } from '../seeing/words.tsx'
import { texts } from '../texts.ts'
import { CommentList } from './comment-list.tsx'
import { useRules } from './use-rules.ts'

/** Comments that say the same: one decision about all of them, and how far it has come. */
export function Cluster({ clusterKey }: { clusterKey: string }): VNode {
  const path = { key: clusterKey }
  const { work, say } = useBench()
  const { data, problem, again } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/clusters/{key}', { params: { path } })),
    clusterKey,
  )
  const [sample] = data?.comments ?? []
  const [isRejecting, setRejecting] = useState(false)
  const [made, setMade] = useState<string>()
  const [refusal, setRefusal] = useState<string>()
  const rules = permitting(useRules(sample), 'reject')

  async function decide(action: 'approve' | 'reject', codes: string[]): Promise<void> {
    if (!sample) return
    setRejecting(false)
    const body = { action, rules: codes, ...(action === 'approve' && { sample: sample.id }) }
    const asked = answerTo(api.POST('/v1/moderation/clusters/{key}/decisions', { params: { path }, body }))
    const answer = await work.heard(asked)
    if (answer.kind === 'given') {
      setMade(answer.data.id)
      say(texts.done[action])
    } else setRefusal(problemIn(answer))
  }

  useKeys('form', ({ key, command, repeats }) => {
    if (repeats) return false
    const rule = isRejecting && rules.find(({ letter }) => letter === key.toLowerCase())
    if (rule) void decide('reject', [rule.code])
    else if (key === 'Escape') setRejecting(false)
    else if (command === 'approve' && !isRejecting) void decide('approve', [])
    else if (command === 'reject' && !isRejecting) setRejecting(true)
    else return isRejecting && key.length === 1
    return true
  })

  return (
    <>
      <h1 tabIndex={-1}>{texts.commands.alike}</h1>
      {(problem ?? refusal) !== undefined && (
        <p class="told warning" role="alert">
          {problem ?? refusal}
        </p>
      )}
      {data === undefined && problem === undefined && <p>{texts.loadingPart}</p>}
      {sample && made === undefined && (
        <>
          <p>{texts.lists.clusterOf(data?.size ?? 0)}</p>
          <Words text={sample.text ?? ''} language={sample.language} />
          <p class="buttons">
            <CommandButton command="approve" kind="main" onPress={() => void decide('approve', [])} />
            <CommandButton command="reject" isOpen={isRejecting} onPress={() => setRejecting(!isRejecting)} />
          </p>
          <p class="hint">{texts.lists.clusterHow}</p>
          {isRejecting && (
            <RuleButtons
              rules={rules}
              chosen={[]}
              onPick={(code) => void decide('reject', [code])}
              isToggle={false}
              label={texts.deciding.rules}
            />
          )}
        </>
      )}
      {made !== undefined && <Progress clusterKey={clusterKey} id={made} onDone={again} />}
      {data && made === undefined && <CommentList comments={data.comments} onDecided={again} />}
    </>
  )
}

/** How far a decision about many has come; asked for until it is through. */
function Progress({ clusterKey, id, onDone }: { clusterKey: string; id: string; onDone: () => void }): VNode {
  const { work } = useBench()
  const path = { key: clusterKey, id }
  const { data, problem, again } = useAnswer(
    () => answerTo(api.GET('/v1/moderation/clusters/{key}/decisions/{id}', { params: { path } })),
    id,
  )
  useEffect(() => {
    if (data === undefined || data.finished) return undefined
    const timer = setTimeout(again, 500)
    return () => clearTimeout(timer)
  }, [data])

  async function undo(): Promise<void> {
    const asked = api.POST('/v1/moderation/clusters/{key}/decisions/{id}/undo', { params: { path } })
    await work.heard(answerTo(asked))
    again()
    onDone()
  }

  if (data === undefined) return <p>{problem ?? texts.loadingPart}</p>
  return (
    <section>
      <p role="status">{texts.lists.progress(data.done, data.size, data.undone)}</p>
      <ul>
        {Object.entries(data.left).map(([why, count]) => (
          <li>
            {why.replaceAll('_', ' ')}: {count}
          </li>
        ))}
      </ul>
      {data.undoneAt === null && (
        <button type="button" onClick={() => void undo()}>
          {texts.commands.undo}
        </button>
      )}
    </section>
  )
}
