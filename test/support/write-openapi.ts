import { writeFileSync } from 'node:fs'
import { openapiFile, servedDescription } from './openapi.ts'

writeFileSync(openapiFile, await servedDescription())
