import { aModerator, must, withKey } from './desk.ts'
import type { Asked, Service } from './service.ts'

/** Two sites that allow as much as any may: one whose moderators may edit, one where they may only cut. */
export const sites = { edits: 'edits', cuts: 'cuts' } as const

/** What the cases need of a service: requests that must go well, in few words. */
export interface World {
  service: Service
  /** sends a comment and gives its id and receipt */
  comment: (site: string, text: string, article?: string) => Promise<{ id: string; receipt: string }>
  /** decides about the version that stands */
  decide: (id: string, decision: Record<string, unknown>) => Promise<void>
  /** the same as a request, to be measured */
  decision: (id: string, version: number, decision: Record<string, unknown>) => Asked
  asAdmin: (method: Asked['method'], path: string, body?: unknown) => Asked
  /** the key of somebody who moderates this site and no other */
  moderator: (site: string) => Promise<string>
}

/** Permits to edit and to return, in the terms with which a site begins. */
export const aRule = { rules: ['private_details'], reason: 'A part has to go.' }

export const toArticle = '/v1/sites/edits/articles/news/comments'

export async function settle(service: Service): Promise<World> {
  const asAdmin: World['asAdmin'] = (method, path, body) => withKey(service.admin, method, path, body)
  const limits = { textGraphemes: 20_000, textBytes: 65_536, nameGraphemes: 200 }
  for (const [site, edits] of [
    [sites.edits, 'full'],
    [sites.cuts, 'removals'],
  ]) {
    await must(service, asAdmin('PUT', `/v1/sites/${site}`, { publishDelay: 0, limits, edits }))
    await must(service, asAdmin('PUT', `/v1/sites/${site}/articles/news`, { title: 'News' }))
  }

  const decision: World['decision'] = (id, version, asked) =>
    withKey(service.admin, 'POST', `/v1/moderation/comments/${id}/decisions`, asked, version)
  return {
    service,
    asAdmin,
    decision,
    async comment(site, text, article = 'news') {
      const path = `/v1/sites/${site}/articles/${article}/comments`
      return JSON.parse(await must(service, inJson('POST', path, { text })))
    },
    moderator: async (site) => (await aModerator(service, site)).key,
    async decide(id, asked) {
      const now = JSON.parse(await must(service, asAdmin('GET', `/v1/moderation/comments/${id}`)))
      await must(service, decision(id, Number(now.version), asked))
    },
  }
}

/** A request without a credential. */
export function inJson(method: Asked['method'], path: string, body: unknown): Asked {
  return { method, path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
