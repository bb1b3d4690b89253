import { directionOf, type Site } from '../sites/site.ts'
import type { Terms } from '../terms/terms.ts'
import { page } from './layout.tsx'

/** The terms of use, to be read. */
export function termsPage(site: Site, terms: Terms): string {
  return page({
    title: `Terms of use: ${site.name}`,
    language: terms.language,
    direction: terms.language === site.language ? site.direction : directionOf(terms.language),
    children: (
      <>
        <header class="site">
          <bdi>{site.name}</bdi>
        </header>
        <main lang={terms.language}>
          <h1>Terms of use for comments</h1>
          <p dir="auto">{terms.introduction}</p>
          <ol class="rules">
            {terms.rules.map((rule) => (
              <li id={rule.code}>
                <h2 dir="auto">{rule.title}</h2>
                <p dir="auto">{rule.text}</p>
              </li>
            ))}
          </ol>
          <p class="quiet">
            Version {terms.version}, in force since {terms.publishedAt.slice(0, 10)}.
          </p>
        </main>
      </>
    ),
  })
}
