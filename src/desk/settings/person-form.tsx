import type { VNode } from 'preact'
import type { Person, PersonSettings } from '../api/shapes.ts'
import { useBench } from '../frame/bench.ts'
import { fieldOf, SendForm } from '../parts/sending.tsx'
import { texts } from '../texts.ts'

const roles = ['moderator', 'editor'] as const

/** Who somebody is, and what they may do on each site. */
export function PersonForm({
  person,
  label,
  isBusy,
  problem,
  onSend,
}: {
  person: Person | undefined
  label: string
  isBusy: boolean
  problem: string | undefined
  onSend: (settings: PersonSettings) => void
}): VNode {
  const { sites } = useBench()

  function send(fields: FormData): void {
    onSend({
      pseudonym: fieldOf(fields, 'pseudonym'),
      login: fieldOf(fields, 'login') || null,
      admin: fields.has('admin'),
      active: person === undefined || fields.has('active'),
      roles: sites.flatMap(({ key }) => {
        const role = roles.find((one) => one === fieldOf(fields, `role ${key}`))
        const languages = fieldOf(fields, `languages ${key}`)
          .split(/[\s,]+/)
          .filter(Boolean)
        return role ? [{ site: key, role, languages }] : []
      }),
    })
  }

  return (
    <SendForm label={label} isBusy={isBusy} problem={problem} onSend={send}>
      <div class="columns">
        <label>
          {texts.people.pseudonym}
          <input name="pseudonym" dir="auto" defaultValue={person?.pseudonym ?? ''} required />
        </label>
        <label>
          {texts.people.login}
          <input name="login" dir="ltr" defaultValue={person?.login ?? ''} />
        </label>
      </div>
      <label class="check">
        <input type="checkbox" name="admin" defaultChecked={person?.admin ?? false} />
        {texts.people.isAdmin}
      </label>
      {person && (
        <label class="check">
          <input type="checkbox" name="active" defaultChecked={person.active} />
          {texts.people.isActive}
        </label>
      )}
      {sites.map(({ key, name }) => {
        const known = person?.roles.find(({ site }) => site === key)
        return (
          <fieldset class="row">
            <legend>{name}</legend>
            <label>
              {texts.people.role}
              <select name={`role ${key}`}>
                <option value="">{texts.people.noRole}</option>
                {roles.map((role) => (
                  <option value={role} selected={known?.role === role}>
                    {texts.people.roles[role]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {texts.people.languages}
              <input name={`languages ${key}`} dir="ltr" defaultValue={known?.languages.join(', ') ?? ''} />
            </label>
          </fieldset>
        )
      })}
    </SendForm>
  )
}
