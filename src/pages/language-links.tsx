import type { VNode } from 'preact'
import { languages, pageLanguages } from './languages.ts'
import type { Voice } from './voice.ts'

interface LinksProps {
  voice: Voice
  /** what else the page is asked for with */
  query?: Record<string, string | undefined>
}

/** The page that is looked at, in every language, each called by its own name. */
export function LanguageLinks({ voice, query = {} }: LinksProps): VNode {
  const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return (
    <footer>
      <nav aria-label={voice.say('page.languages')}>
        <ul class="languages">
          {pageLanguages.map((language) => (
            <li>
              <a
                href={`?${new URLSearchParams([...asked, ['lang', language]])}`}
                lang={language}
                hreflang={language}
                dir="auto"
                rel="nofollow"
                aria-current={language === voice.language ? 'true' : undefined}
              >
                {languages[language].name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  )
}
