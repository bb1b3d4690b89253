import type { SourceFile } from './file.ts'
import type { Found, SourceName } from './found.ts'
import { readCommento } from './sources/commento.ts'
import { readCoral } from './sources/coral.ts'
import { readDisqus } from './sources/disqus.ts'
import { readIsso } from './sources/isso.ts'
import { readPostbag } from './sources/postbag.ts'
import { readRemark42 } from './sources/remark42.ts'
import { readTwikoo } from './sources/twikoo.ts'
import { readWaline } from './sources/waline.ts'
import { readWordPress } from './sources/wordpress.ts'

/** What a file holds, one after the other, always in the same order. Throws a sentence where it is no such file. */
export function readSource(source: SourceName, file: SourceFile): AsyncIterable<Found> {
  return readers[source](file)
}

const readers: Record<SourceName, (file: SourceFile) => AsyncIterable<Found>> = {
  disqus: readDisqus,
  wordpress: readWordPress,
  isso: readIsso,
  remark42: readRemark42,
  commento: readCommento,
  comentario: readCommento,
  coral: readCoral,
  waline: readWaline,
  twikoo: readTwikoo,
  postbag: readPostbag,
}
