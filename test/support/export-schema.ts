import { z } from 'zod'
import { ExportedLine } from '../../src/importing/exported.ts'

/** The JSON Schema (2020-12) of a line of an export. */
export function exportSchema(): unknown {
  return JSON.parse(JSON.stringify(z.toJSONSchema(ExportedLine, { io: 'output' })))
}
