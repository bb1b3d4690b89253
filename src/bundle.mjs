/**
 * Makes what browsers run, in dist/browser, from scratch and small. Types are only stripped here.
 *
 * Programs for pages of others (the embed and what it needs) have a name that stays, and a map beside them that is named
 * nowhere, so that nobody fetches it but who looks for it. The desk comes in parts, with the hash of its content in the
 * name of each, compressed beforehand; `files.json` tells which file an entry became.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'dist/browser')

const programs = { embed: 'src/embed/main.ts', frame: 'src/embed/frame.ts', proof: 'src/embed/proof.ts' }
const entries = [
  { in: 'src/desk/main.tsx', out: 'desk' },
  { in: 'src/desk/desk.css', out: 'desk' },
]

const alike = {
  absWorkingDir: root,
  outdir: folder,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
  logLevel: 'warning',
}

const made = await build({ ...alike, entryPoints: programs, sourcemap: 'external' })
const { metafile } = await build({
  ...alike,
  entryPoints: entries,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  splitting: true,
})

const kept = new Set(['files.json', ...Object.keys(made.metafile.outputs).map((path) => basename(path))])
const files = {}
for (const [path, { entryPoint, imports }] of Object.entries(metafile.outputs)) {
  const bytes = readFileSync(join(root, path))
  const level = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(join(root, `${path}.br`), brotliCompressSync(bytes, { params: level }))
  writeFileSync(join(root, `${path}.gz`), gzipSync(bytes, { level: 9 }))
  for (const ending of ['', '.br', '.gz']) kept.add(basename(path) + ending)
  const needs = imports.filter(({ kind }) => kind === 'import-statement').map((one) => basename(one.path))
  const entry = entries.find((one) => one.in === entryPoint)
  files[basename(path)] = { needs, ...(entry && { entry: entry.out + path.slice(path.lastIndexOf('.')) }) }
}
writeFileSync(join(folder, 'files.json'), `${JSON.stringify(files, null, 2)}\n`)

// Last, and only what is not made any more: another process may be reading what is.
for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true })
