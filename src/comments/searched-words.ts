import { z } from 'zod'
import { composed } from '../http/words.ts'
import { searchTerms } from '../screening/search-key.ts'

const longest = 200

/** What to look for in names and texts, as somebody typed it; not nothing, which would be in every one. */
export const SearchedWords = z
  .string()
  .overwrite((words) => composed(words, longest))
  .min(1)
  .max(longest, { abort: true })
  .refine((words) => words.isWellFormed() && !/\p{Cc}/u.test(words), {
    message: 'It has no control characters',
    abort: true,
  })
  .refine((words) => searchTerms(words) !== undefined, { message: 'It has something that can be seen' })
  .meta({
    description:
      'Words to find in the text or the name that stands now: as they are typed, one behind the other, anywhere in a ' +
      'sentence and in a word, with whatever signs they have. Case, width, encoding, line ends and characters of no ' +
      'width do not matter. Letters without marks find those with marks too (`dong` finds `đồng`); letters with marks ' +
      'are meant.',
  })
