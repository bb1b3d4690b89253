import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { messages, ToldType } from '../../src/webhooks/told.ts'

const docs = join(import.meta.dirname, '../../docs')
const page = readFileSync(join(docs, 'webhooks.md'), 'utf8')
const caching = readFileSync(join(docs, 'caching.md'), 'utf8')

describe('docs/webhooks.md', () => {
  test('names every event, with what the code says of it', () => {
    const [, table = ''] = /\| event \| when \|\n\|---\|---\|\n((?:\|.+\n)+)/.exec(page) ?? []
    const rows = messages
      .filter(({ type }) => type !== 'ping')
      .map(({ type, summary }) => `| \`${type}\` | ${summary} |`)
    expect(table.trim().split('\n')).toEqual(rows)
    expect(messages.map(({ type }) => type)).toEqual([...ToldType.options, 'ping'])
  })

  test('has bodies as they are sent', () => {
    const bodies = [page, caching].flatMap((text) =>
      [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json)),
    )
    expect(bodies.length).toBeGreaterThan(2)
    for (const body of bodies) {
      expect(messages.find(({ type }) => type === body.type)?.body.parse(body)).toEqual(body)
    }
  })
})

/** How the code of a language is run: what is put behind it, the file, and the command. */
interface Language {
  name: string
  fence: string
  main: string
  file: string
  command: string[]
  /** what tells whether it is on this machine */
  isThere: string[]
}

const languages: Language[] = [
  {
    name: 'TypeScript',
    fence: 'ts',
    file: 'verify.ts',
    main: `
import { readFileSync } from 'node:fs'
const cases: [string, Record<string, string>, string][] = JSON.parse(readFileSync(0, 'utf8'))
console.log(JSON.stringify(cases.map(([secret, headers, body]) => verify(secret, headers, body))))`,
    command: [process.execPath, '--import', import.meta.resolve('tsx')],
    isThere: [process.execPath, '--version'],
  },
  {
    name: 'Python',
    fence: 'python',
    file: 'verify.py',
    main: `
import json, sys
print(json.dumps([verify(secret, headers, body.encode()) for secret, headers, body in json.load(sys.stdin)]))`,
    command: ['python3'],
    isThere: ['python3', '--version'],
  },
  {
    name: 'Go',
    fence: 'go',
    file: 'verify.go',
    main: `
func main() {
	var cases [][]json.RawMessage
	_ = json.NewDecoder(os.Stdin).Decode(&cases)
	said := []bool{}
	for _, one := range cases {
		var secret, body string
		var given map[string]string
		_, _, _ = json.Unmarshal(one[0], &secret), json.Unmarshal(one[1], &given), json.Unmarshal(one[2], &body)
		headers := http.Header{}
		for name, value := range given {
			headers.Set(name, value)
		}
		said = append(said, Verify(secret, headers, []byte(body)))
	}
	_ = json.NewEncoder(os.Stdout).Encode(said)
}`,
    command: ['go', 'run'],
    isThere: ['go', 'version'],
  },
  {
    name: 'PHP',
    fence: 'php',
    file: 'verify.php',
    main: `
echo json_encode(array_map(fn($one) => verify(...$one), json_decode(stream_get_contents(STDIN), true)));`,
    command: ['php'],
    isThere: ['php', '--version'],
  },
  {
    name: 'Ruby',
    fence: 'ruby',
    file: 'verify.rb',
    main: `
require "json"
puts JSON.generate(JSON.parse($stdin.read).map { |one| verify(*one) })`,
    command: ['ruby'],
    isThere: ['ruby', '--version'],
  },
]

/** The languages of the documentation that this machine has; Node's is always one. */
const here = languages.filter(({ isThere: [program = '', ...args] }) => spawnSync(program, args).status === 0)

describe('the code that verifies', () => {
  const [secret, other] = [newSecret(), newSecret()]
  const body = JSON.stringify({ type: 'ping', data: { text: 'Übermut tut selten gut 👋' } })
  const signed = (by: string[], at = minutes(0)) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(at.getTime() / 1_000),
    'webhook-signature': by.map((one) => new Webhook(one).sign('msg_1', at, body)).join(' '),
  })
  const casesOfNow = (): [
    what: string,
    right: boolean,
    given: [string, Record<string, string>, string],
  ][] => [
    ['what is signed', true, [secret, signed([secret]), body]],
    ['what is signed with an old secret as well', true, [secret, signed([other, secret]), body]],
    ['what another has signed', false, [secret, signed([other]), body]],
    ['another body', false, [secret, signed([secret]), `${body} `]],
    ['another id', false, [secret, { ...signed([secret]), 'webhook-id': 'msg_2' }, body]],
    ['what is old', false, [secret, signed([secret], minutes(-60)), body]],
    ['what is from the future', false, [secret, signed([secret], minutes(60)), body]],
    ['no time', false, [secret, { ...signed([secret]), 'webhook-timestamp': 'soon' }, body]],
    ['no signature', false, [secret, { ...signed([secret]), 'webhook-signature': '' }, body]],
    ['part of one', false, [secret, { ...signed([secret]), 'webhook-signature': 'v1,' }, body]],
    ['nothing', false, [secret, {}, body]],
  ]

  test.each(here.map((one) => [one.name, one] as const))(
    'in %s tells right from wrong',
    (_name, language) => {
      const { fence, main, file, command } = language
      const [, code = ''] = new RegExp(`\`\`\`${fence}\n(.*?)\`\`\``, 's').exec(page) ?? []
      const folder = mkdtempSync(join(tmpdir(), 'postbag-verify-'))
      try {
        const imports = fence === 'go' ? code.replace('import (', 'import (\n"encoding/json"\n"os"\n') : code
        writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
        writeFileSync(join(folder, file), imports + main)
        const [program = '', ...args] = command
        const cases = casesOfNow()
        const input = JSON.stringify(cases.map(([, , given]) => given))
        const { stdout, stderr } = spawnSync(program, [...args, join(folder, file)], {
          input,
          encoding: 'utf8',
        })
        const said: unknown[] = stderr === '' ? JSON.parse(stdout) : []
        expect({ stderr, said: cases.map(([what], at) => [what, said[at]]) }).toEqual({
          stderr: '',
          said: cases.map(([what, right]) => [what, right]),
        })
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
    120_000,
  )

  test('is run at least in the language of this service, and is there in five', () => {
    expect(here.map(({ name }) => name)).toContain('TypeScript')
    for (const { name, fence } of languages) expect(page).toContain(`\n${name}\n\n\`\`\`${fence}\n`)
  })
})

/** So many minutes from now, in whole seconds. */
function minutes(count: number): Date {
  return new Date((Math.floor(Date.now() / 1_000) + count * 60) * 1_000)
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
