/** 64 bits of a text, in two signed halves. */
export interface Hash {
  high: number
  low: number
}

/**
 * MurmurHash3 (x86, 32 bits) twice, with two seeds, over the UTF-16 units of a text as blocks of 32 bits. Quick, even,
 * and the same everywhere for ever; but no secret, so that whoever wants two texts of one hash can make them.
 */
export function hash(text: string): Hash {
  let high = seeds.high
  let low = seeds.low
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    high = mix(high, unit)
    low = mix(low, unit)
  }
  return { high: finish(high, text.length * 4), low: finish(low, text.length * 4) }
}

/** Both halves as one signed number of 64 bits, which fits PostgreSQL's bigint. */
export function joined({ high, low }: Hash): bigint {
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0))
}

// Any two numbers would do, but hashes that are stored depend on these.
const seeds: Hash = { high: 0, low: 0x5082edee }

/** Takes one block in. Exported, as `finish` is, so that a test can try them on the published vectors. */
export function mix(state: number, block: number): number {
  const scrambled = Math.imul(rotated(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593)
  return (Math.imul(rotated(state ^ scrambled, 13), 5) + 0xe6546b64) | 0
}

/** The last step, after which every bit of the result depends on every bit that was taken in. */
export function finish(state: number, bytes: number): number {
  let spread = state ^ bytes
  spread = Math.imul(spread ^ (spread >>> 16), 0x85ebca6b)
  spread = Math.imul(spread ^ (spread >>> 13), 0xc2b2ae35)
  return spread ^ (spread >>> 16)
}

function rotated(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by))
}
