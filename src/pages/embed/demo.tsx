import { h } from 'preact'
import { demoArticle } from '../../sites/demo-texts.ts'
import { page } from '../layout.tsx'

/** The demo article as a publisher would have it on a page of theirs: the embed below, and how many comments there are above. */
export function embedDemoPage(site: string, article: string): string {
  return page({
    title: demoArticle.title,
    language: demoArticle.language,
    direction: 'ltr',
    script: '/embed.js',
    children: (
      <main>
        <h1>{demoArticle.title}</h1>
        <p class="quiet">
          Comments: {h('postbag-count', { site, article })}. This page has what docs/embed.md says, and
          nothing else of ours.
        </p>
        {demoArticle.paragraphs.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
        {h('postbag-comments', { site, article })}
      </main>
    ),
  })
}

/** The policy of a page that allows what the embed needs, and what this page’s own style sheet and icon do. */
export const embedDemoPolicy = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'referrer-policy': 'same-origin',
}
