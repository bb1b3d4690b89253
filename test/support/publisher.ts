import { once } from 'node:events'
import { createServer } from 'node:http'
import { freePort } from './ports.ts'

/** A newspaper's own server, with pages in which ours is included. */
export interface Publisher {
  origin: string
  /** puts a page there; its address */
  page(html: string, headers?: Record<string, string>): string
  close(): Promise<void>
}

export async function openPublisher(): Promise<Publisher> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const pages = new Map<string, { html: string; headers: Record<string, string> }>()
  const server = createServer(({ url = '' }, response) => {
    const found = pages.get(url)
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...found?.headers })
    response.end(found?.html ?? '<!doctype html><title>Nothing</title>')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin,
    page(html, headers = {}) {
      const path = `/${pages.size + 1}`
      pages.set(path, { html, headers })
      return `${origin}${path}`
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The lines that docs/embed.md gives, and nothing else that a page's policy has to allow; one program more where a proof is asked for. */
export function strictPolicy(service: string, more = ''): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src ${service}/embed.js${more}`,
      `connect-src ${service}`,
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  }
}

/** An article of the newspaper's, with the embed below it. */
export function newspaperPage(service: string, embed: string, head = '', language = 'en'): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The evening boat</title>
<script type="module" src="${service}/embed.js"></script>
${head}
</head>
<body>
<main>
<h1>The evening boat</h1>
<p>It leaves at nine, and the council says that it will for another year.</p>
${embed}
</main>
</body>
</html>`
}
