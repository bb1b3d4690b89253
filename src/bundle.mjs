/**
 * Bundles what browsers run into `dist/browser/`: minified, with the hash of its content in the name of each file, and
 * compressed beforehand. `files.json` there tells which file an entry became. Types are not checked here, only stripped.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'dist/browser')

const entries = [
  { in: 'src/desk/main.tsx', out: 'desk' },
  { in: 'src/desk/desk.css', out: 'desk' },
]

rmSync(folder, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: entries,
  outdir: folder,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  metafile: true,
  logLevel: 'warning',
})

const files = {}
for (const [path, { entryPoint, imports }] of Object.entries(metafile.outputs)) {
  const bytes = readFileSync(join(root, path))
  const level = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(join(root, `${path}.br`), brotliCompressSync(bytes, { params: level }))
  writeFileSync(join(root, `${path}.gz`), gzipSync(bytes, { level: 9 }))
  const needs = imports.filter(({ kind }) => kind === 'import-statement').map((one) => basename(one.path))
  const entry = entries.find((one) => one.in === entryPoint)
  files[basename(path)] = { needs, ...(entry && { entry: entry.out + path.slice(path.lastIndexOf('.')) }) }
}
writeFileSync(join(folder, 'files.json'), `${JSON.stringify(files, null, 2)}\n`)
