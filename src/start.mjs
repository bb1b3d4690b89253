/**
 * `npm start`: makes what is missing (Prisma's client, the compiled service, what browsers run), then is the service.
 * Types are not checked here, only stripped; `npm run check` does that.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

make('prisma/generate.mjs')
make('node_modules/typescript/bin/tsc', '--noCheck')
make('src/bundle.mjs')
await import('../dist/server.js')
stopWithParent()

/** npm hands SIGTERM to its shell, which dies of it and tells nobody: when the parent is gone, it is time to stop. */
function stopWithParent() {
  const parent = process.ppid
  const stop = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM')
  setInterval(stop, 500).unref()
}

function make(script, ...options) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...options], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
