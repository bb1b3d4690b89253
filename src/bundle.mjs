/**
 * Makes what browsers load: each program of ours in one file, small, without anything from elsewhere. Its map lies
 * beside it and is named nowhere, so that nobody fetches it but who looks for it. Types are only stripped here.
 */
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** Program by the file that it becomes, in dist/browser. */
const programs = { embed: 'src/embed/main.ts', frame: 'src/embed/frame.ts', proof: 'src/embed/proof.ts' }

await build({
  absWorkingDir: root,
  entryPoints: programs,
  outdir: 'dist/browser',
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  sourcemap: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
})
