import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Starts `redis-server` or `valkey-server`, whichever is in the PATH. It keeps nothing. */
export async function startRedis(port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  for (const program of ['redis-server', 'valkey-server']) {
    const server = spawn(program, options, { stdio: ['ignore', 'pipe', 'ignore'] })
    const isThere = await Promise.race([
      once(server, 'spawn').then(() => true),
      once(server, 'error').then(() => false),
    ])
    if (!isThere) continue
    for await (const line of server.stdout) if (String(line).includes('Ready to accept connections')) break
    return server
  }
  throw new Error('Install redis-server or valkey-server for this test.')
}
