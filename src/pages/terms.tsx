import { directionOf, type Site } from '../sites/site.ts'
import type { Terms } from '../terms/terms.ts'
import { LanguageLinks } from './language-links.tsx'
import { page } from './layout.tsx'
import type { Voice } from './voice.ts'

/** The address of a site's terms of use. */
export function termsPath(site: string): string {
  return `/${site}/terms`
}

/** The terms of use, to be read: in the language in which they were written, whatever that of the page. */
export function termsPage(site: Site, terms: Terms, voice: Voice): string {
  const { language } = terms
  return page({
    title: voice.say('terms.pageTitle', { site: site.name }),
    language: voice.language,
    direction: voice.direction,
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main>
          <h1>{voice.say('terms.title')}</h1>
          <p lang={language} dir="auto">
            {terms.introduction}
          </p>
          <ol class="rules" lang={language} dir={directionOf(language)}>
            {terms.rules.map((rule) => (
              <li id={rule.code}>
                <h2 dir="auto">{rule.title}</h2>
                <p dir="auto">{rule.text}</p>
              </li>
            ))}
          </ol>
          <p class="quiet">
            {voice.say('terms.version', { version: terms.version, day: voice.day(terms.publishedAt) })}
          </p>
        </main>
        <LanguageLinks voice={voice} />
      </>
    ),
  })
}
