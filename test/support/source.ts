import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from '@swc/core'

/** A source file, read as its syntax tree: what stands in a comment or a string is not taken for code. */
export interface Source {
  /** with slashes, from the folder that was read, such as comments/store.ts */
  path: string
  text: string
  /** where it imports from: a path like the above, or a library; types and `import()` included */
  imports: string[]
  /** of these, what is there when the program runs: not what is imported as types alone */
  loads: string[]
  /** chains of names wherever a member is read, such as `db.prisma.site` */
  members: string[]
  /** chains of names that are called, such as `db.query` */
  calls: string[]
  /** chains of names behind `new`, with the number of arguments, such as `Date(0)` */
  made: string[]
  /** every text in quotes or backticks; what is computed inside one reads `?` */
  strings: string[]
  /** the kinds of its syntax, as swc calls them; keywords of types as `type any` */
  syntax: Set<string>
}

/** The TypeScript files below a folder, but what was generated. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/^(database|desk)\/generated\//.test(path))
    .toSorted()
    .map((path) => sourceOf(path, readFileSync(join(folder, path), 'utf8')))
}

export function sourceOf(path: string, text: string): Source {
  const source: Source = {
    path,
    text,
    imports: [],
    loads: [],
    members: [],
    calls: [],
    made: [],
    strings: [],
    syntax: new Set(),
  }
  const { body } = parseSync(text, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2023' })
  visit(body, (node) => note(node, source))
  return source
}

interface Node {
  type: string
  [part: string]: unknown
}

function note(node: Node, source: Source): void {
  source.syntax.add(node.type === 'TsKeywordType' ? `type ${String(node['kind'])}` : node.type)
  const from = importedFrom(node)
  if (from !== undefined) {
    source.imports.push(resolve(source.path, from))
    if (!isOfTypes(node)) source.loads.push(resolve(source.path, from))
  }
  if (node.type === 'MemberExpression') source.members.push(chain(node))
  if (node.type === 'CallExpression') source.calls.push(chain(node['callee']))
  if (node.type === 'NewExpression') source.made.push(`${chain(node['callee'])}(${count(node['arguments'])})`)
  if (node.type === 'StringLiteral') source.strings.push(String(node['value']))
  if (node.type === 'TemplateLiteral') source.strings.push(templateText(node['quasis']))
}

function importedFrom(node: Node): string | undefined {
  if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) return literal(node['source'])
  if (node.type === 'TsImportType') return literal(node['argument'])
  const { callee, arguments: given } = node
  const isImport = node.type === 'CallExpression' && isNode(callee) && callee.type === 'Import'
  return isImport && Array.isArray(given) ? literal(given[0]?.expression) : undefined
}

function isOfTypes(node: Node): boolean {
  const { typeOnly, specifiers } = node
  const named = Array.isArray(specifiers) ? specifiers : []
  const areTypes = named.length > 0 && named.every((one) => one.isTypeOnly === true)
  return node.type === 'TsImportType' || typeOnly === true || areTypes
}

function literal(node: unknown): string | undefined {
  return isNode(node) && node.type === 'StringLiteral' ? String(node['value']) : undefined
}

function resolve(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier
}

/** `a.b.c` as written, whether by dots, brackets or `?.`; `?` where it hangs on something without a name. */
function chain(node: unknown): string {
  if (!isNode(node)) return '?'
  switch (node.type) {
    case 'Identifier':
      return String(node['value'])
    case 'MemberExpression':
      return `${chain(node['object'])}.${chain(node['property'])}`
    case 'Computed':
      return literal(node['expression']) ?? '?'
    case 'OptionalChainingExpression':
      return chain(node['base'])
    case 'ParenthesisExpression':
      return chain(node['expression'])
    default:
      return '?'
  }
}

function count(nodes: unknown): number {
  return Array.isArray(nodes) ? nodes.length : 0
}

function templateText(quasis: unknown): string {
  return Array.isArray(quasis) ? quasis.map((quasi) => String(quasi.raw)).join('?') : ''
}

function visit(tree: unknown, see: (node: Node) => void): void {
  if (typeof tree !== 'object' || tree === null) return
  if (isNode(tree)) see(tree)
  for (const branch of Object.values(tree)) visit(branch, see)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
