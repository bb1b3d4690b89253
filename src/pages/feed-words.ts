import type { FeedWords } from '../reading/feeds/feed.ts'
import { pageLanguage } from './languages.ts'
import { voiceIn } from './voice.ts'

/** The words of the feeds, in the language of the pages that a tag (BCP 47) stands for, else in English. */
export function feedWordsIn(tag: string): FeedWords {
  const voice = voiceIn(pageLanguage(tag))
  return {
    comments: voice.say('feed.title'),
    unnamed: voice.say('comment.unnamed'),
    staff: voice.say('comment.staff'),
    edited(titles) {
      const rules = titles.map((title) => voice.say('comment.rule', { title }))
      const inARow = rules.reduce((earlier, last) => voice.say('comment.rules', { earlier, last }))
      return voice.say('comment.edited', { count: titles.length, rules: inARow })
    },
  }
}
