interface Traits {
  /** With a letter that hardly another language has. */
  marked: number
  /** Among the most frequent words of Vietnamese, written without marks. */
  frequent: number
  /** In the form of a Vietnamese syllable, marks or none. */
  syllables: number
}

/** How Vietnamese the words of a text in Latin letters are, as shares of all of them, from 0 to 1. Takes NFC. */
export function vietnameseTraits(text: string): Traits {
  const words = text.match(/\p{Script=Latin}+/gu) ?? []
  const share = (isSo: (word: string) => boolean) => words.filter(isSo).length / words.length
  return {
    marked: share((word) => ownLetter.test(word)),
    frequent: share((word) => frequentWord.test(word)),
    syllables: share((word) => syllable.test(withoutMarks(word))),
  }
}

function withoutMarks(word: string): string {
  return word.replace(/đ/gi, 'd').normalize('NFD').replace(/\p{M}/gu, '')
}

const ownLetter = /[ăđơưảấầẩẫậắằẳẵặẻẽếềểễệỉịỏốồổỗộớờởỡợủứừửữựỳỵỷỹ]/iu
const frequentWord =
  /^(?:khong|cua|nhung|nguoi|duoc|toi|ban|cac|mot|trong|voi|nay|vay|roi|qua|thi|lam|nhieu|neu|chi|anh|em|biet|muon|phai|rat|hay|da|dang|se|va|la|co|cho|nha|viet|lai|ai|gi|sao|bao|nao|di|ma|den|hoi|dep|tot|dung|cam|on|con|minh|ho|thay|doc|tin|bai|chung|ta|hon|van|moi|vi|nhu|the|ra|vao|len|xuong|nam|ngay|troi|mua|nuoc|tien|gia|duong|xe|luon|cung|chua|hieu|y|dong)$/i
const syllable =
  /^(?:ngh?|[cgknpt]h|tr|gi|qu|[bcdghklmnprstvx])?(?:[aeiouy]|a[iouy]|[ei]a|e[ou]|i[eu]|o[aei]|u[aeiouy]|ieu|oa[iy]|oeo|ue[oy]|uoi|ua[iy]|uy[ae]|uou|yeu?)(?:ch|ng|nh|[cmnpt])?$/i
