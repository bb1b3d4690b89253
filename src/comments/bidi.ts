/**
 * `text` with only those bidi embeddings and isolates that are opened and closed within one line (UAX #9
 * closes them all at a paragraph's end), and without overrides (LRO, RLO). Lines are separated by LF. LRM,
 * RLM and ALM are untouched. Tells how many characters were left out. Linear.
 */
export function balanceBidi(text: string): BalancedBidi {
  if (!anyPairedControl.test(text)) return { text, controls: 0, overrides: 0 }
  const dropped = withoutPartner(text)
  let balanced = ''
  let controls = 0
  let overrides = 0
  let from = 0
  for (let at = dropped.indexOf(1); at >= 0; at = dropped.indexOf(1, from)) {
    balanced += text.slice(from, at)
    from = at + 1
    if (isOverride(text.charCodeAt(at))) overrides += 1
    else controls += 1
  }
  return { text: balanced + text.slice(from), controls, overrides }
}

interface BalancedBidi {
  text: string
  /** Embeddings, isolates and their closers that had no partner, and the closers of overrides. */
  controls: number
  overrides: number
}

const anyPairedControl = /[\u202A-\u202E\u2066-\u2069]/

const lineFeed = 0x0a
const leftToRightEmbedding = 0x202a
const rightToLeftEmbedding = 0x202b
const popDirectionalFormatting = 0x202c
const leftToRightOverride = 0x202d
const rightToLeftOverride = 0x202e
const leftToRightIsolate = 0x2066
const firstStrongIsolate = 0x2068
const popDirectionalIsolate = 0x2069

interface Opener {
  code: number
  at: number
}

/** One byte for each UTF-16 unit of `text`: 1 where a control must go. Pairs as UAX #9 does (BD9, X7). */
function withoutPartner(text: string): Uint8Array {
  const dropped = new Uint8Array(text.length)
  let open: Opener[] = []
  let openIsolates = 0

  function endLine() {
    for (const opener of open) dropped[opener.at] = 1
    open = []
    openIsolates = 0
  }

  function closeIsolate(at: number) {
    if (openIsolates === 0) {
      dropped[at] = 1
      return
    }
    openIsolates -= 1
    // An isolate's end also ends the embeddings opened inside it: they stay without a partner.
    for (let opener = open.pop(); opener && !isIsolate(opener.code); opener = open.pop())
      dropped[opener.at] = 1
  }

  function closeEmbedding(at: number) {
    const opener = open.at(-1)
    // A closer never reaches out of the isolate that it stands in.
    if (!opener || isIsolate(opener.code)) {
      dropped[at] = 1
      return
    }
    open.pop()
    if (isOverride(opener.code)) dropped[at] = 1
  }

  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === lineFeed) endLine()
    else if (code === popDirectionalIsolate) closeIsolate(at)
    else if (code === popDirectionalFormatting) closeEmbedding(at)
    else if (isIsolate(code) || isEmbedding(code) || isOverride(code)) {
      open.push({ code, at })
      if (isIsolate(code)) openIsolates += 1
      if (isOverride(code)) dropped[at] = 1
    }
  }
  endLine()
  return dropped
}

function isIsolate(code: number): boolean {
  return code >= leftToRightIsolate && code <= firstStrongIsolate
}

function isEmbedding(code: number): boolean {
  return code === leftToRightEmbedding || code === rightToLeftEmbedding
}

function isOverride(code: number): boolean {
  return code === leftToRightOverride || code === rightToLeftOverride
}
