import { eachFolded, isSeparator } from './folding.ts'
import { isUnspaced } from './word-edges.ts'

/** A text as phrases are looked for in it, and where each UTF-16 unit of it comes from in the text as it is stored. */
export interface FoldedWords {
  folded: string
  /** for each unit of `folded`, where what it was made from starts in the text */
  starts: number[]
  /** and where that ends */
  ends: number[]
}

/**
 * Folds a text (see `eachFolded`) and makes one space of all that stands between two words: white space and
 * punctuation alike. White space between letters of scripts without spaces is left out, for there it parts sentences, or
 * letters that somebody wants to hide. Takes any string, in linear time.
 */
export function foldWords(text: string): FoldedWords {
  const words: FoldedWords = { folded: '', starts: [], ends: [] }
  let last = ''
  let gap: Gap | undefined
  eachFolded(text, (folded, start, end) => {
    if (isSeparator(folded)) {
      const onlySpace = (gap?.onlySpace ?? true) && space.test(folded)
      gap = { start: gap?.start ?? start, end, onlySpace }
      return
    }
    if (gap && last !== '' && !(gap.onlySpace && isUnspaced(last) && isUnspaced(folded)))
      add(words, ' ', gap.start, gap.end)
    add(words, folded, start, end)
    last = folded
    gap = undefined
  })
  return words
}

interface Gap {
  start: number
  end: number
  onlySpace: boolean
}

const space = /^\s+$/

function add(words: FoldedWords, folded: string, start: number, end: number): void {
  words.folded += folded
  for (let unit = 0; unit < folded.length; unit += 1) {
    words.starts.push(start)
    words.ends.push(end)
  }
}
