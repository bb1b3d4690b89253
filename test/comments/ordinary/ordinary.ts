/** What readers of one language write under the news, with no harm in it. All of it is invented for these tests. */
export interface Ordinary {
  /** BCP 47 tag of the site, its articles and the sentences. */
  language: string
  /** The newspaper, and people who moderate it: names that a reader should not go by. */
  site: string
  staff: readonly string[]
  /** Names of readers' own. */
  names: readonly string[]
  sentences: readonly string[]
}
