/**
 * Told of what is known of a word that was found, and where that ends: behind its last UTF-16 unit, as `slice` takes
 * it. False ends the search.
 */
type Found<Known> = (known: Known, end: number) => boolean

/** Tells of every find in a text. */
export type Search<Known> = (text: string, found: Found<Known>) => void

/**
 * Looks for all of many words in a text at once (Aho and Corasick, 1975): made in time linear in the length of all
 * words together, in short steps, and searched in time linear in the length of the text. Finds come by their end, the
 * longest first; of words that end at one place, sixteen are told of. No word may be empty.
 */
export function* searchFor<Known>(words: ReadonlyMap<string, Known>): Generator<undefined, Search<Known>> {
  const tree = yield* treeOf(Array.from(words.keys()))
  const known = Array.from(words.values())
  const shortcuts = yield* shortcutsOf(tree)
  const { shorter } = shortcuts

  return (text, found) => {
    let node = 0
    for (let end = 1; end <= text.length; end += 1) {
      node = next(tree, shortcuts, node, text.charCodeAt(end - 1))
      let ending = tree.word[node] === none ? Number(shorter[node]) : node
      for (let told = 0; ending > 0 && told < mostAtOnePlace; told += 1) {
        const what = known[Number(tree.word[ending])]
        if (what !== undefined && !found(what, end)) return
        ending = Number(shorter[ending])
      }
    }
  }
}

const mostAtOnePlace = 16

/**
 * The beginnings of words as a tree, level by level; node 0 is the empty one. Its edges stand in a hash table with open
 * addressing, which takes a third of a Map's time. Its size is a power of two, and at least twice what it will hold.
 */
interface Tree {
  size: number
  /** of each node the one that it grew from, and by which UTF-16 unit */
  parent: Int32Array
  unit: Uint16Array
  /** the word that ends at a node, or `none` */
  word: Int32Array
  /** the nodes, by hash of what they grew from and by which unit; 0 where there is none */
  slots: Int32Array
}

const none = -1

function* treeOf(words: readonly string[]): Generator<undefined, Tree> {
  const most = words.reduce((sum, word) => sum + word.length, 1)
  const tree = {
    size: 1,
    parent: new Int32Array(most),
    unit: new Uint16Array(most),
    word: new Int32Array(most).fill(none),
    slots: new Int32Array(2 ** Math.ceil(Math.log2(most * 2))),
  }
  let growing = words.map((word, index) => ({ word, index, node: 0 }))
  for (let level = 0; growing.length > 0; level += 1) {
    for (const branch of growing) branch.node = grown(tree, branch.node, branch.word.charCodeAt(level))
    for (const { word, index, node } of growing) if (word.length === level + 1) tree.word[node] = index
    growing = growing.filter(({ word }) => word.length > level + 1)
    yield
  }
  return tree
}

function grown(tree: Tree, parent: number, unit: number): number {
  const slot = slotOf(tree, parent, unit)
  const known = Number(tree.slots[slot])
  if (known > 0) return known
  const node = tree.size
  tree.slots[slot] = node
  tree.parent[node] = parent
  tree.unit[node] = unit
  tree.size += 1
  return node
}

/** Where the node that grew from `parent` by `unit` stands, or would. */
function slotOf({ slots, parent: parents, unit: units }: Tree, parent: number, unit: number): number {
  const mask = slots.length - 1
  const hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)
  let slot = (hash ^ (hash >>> 15)) & mask
  for (let node = Number(slots[slot]); node > 0; node = Number(slots[slot])) {
    if (parents[node] === parent && units[node] === unit) return slot
    slot = (slot + 1) & mask
  }
  return slot
}

interface Shortcuts {
  /** of each node the longest other beginning of a word that its text ends with */
  fail: Int32Array
  /** and the longest other word that its text ends with */
  shorter: Int32Array
}

const nodesInAStep = 20_000

/** Goes level by level, so that what a node's shortcuts lead to has its own already. */
function* shortcutsOf(tree: Tree): Generator<undefined, Shortcuts> {
  const shortcuts = { fail: new Int32Array(tree.size), shorter: new Int32Array(tree.size) }
  const { fail, shorter } = shortcuts
  for (let node = 1; node < tree.size; node += 1) {
    const parent = Number(tree.parent[node])
    const from = Number(fail[parent])
    const to = parent === 0 ? 0 : next(tree, shortcuts, from, Number(tree.unit[node]))
    fail[node] = to
    shorter[node] = tree.word[to] === none ? Number(shorter[to]) : to
    if (node % nodesInAStep === 0) yield
  }
  return shortcuts
}

function next(tree: Tree, { fail }: Shortcuts, from: number, unit: number): number {
  let node = from
  let child = childOf(tree, node, unit)
  while (child === 0 && node > 0) {
    node = Number(fail[node])
    child = childOf(tree, node, unit)
  }
  return child
}

function childOf(tree: Tree, node: number, unit: number): number {
  return Number(tree.slots[slotOf(tree, node, unit)])
}
