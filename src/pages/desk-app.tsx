import type { BrowserFiles } from './browser-files.ts'
import { page } from './layout.tsx'

/** What the desk's script puts itself into; without script, and until it runs, the way to the forms. */
export function deskAppPage({ entry }: BrowserFiles): string {
  const { path, needs } = entry('desk.js')
  return page({
    title: 'Desk',
    language: 'en',
    direction: 'ltr',
    script: path,
    head: (
      <>
        {needs.map((one) => (
          <link rel="modulepreload" href={one} />
        ))}
        <noscript>
          <meta http-equiv="refresh" content="0; url=/desk/forms" />
        </noscript>
      </>
    ),
    styles: [entry('desk.css').path],
    children: (
      <main>
        <h1>Desk</h1>
        <p>
          Opening the desk … <a href="/desk/forms">Use the desk without script</a>
        </p>
      </main>
    ),
  })
}
