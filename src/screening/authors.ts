/**
 * The names in what a publisher wrote as an article's author: `Ana Reyes, Li Wei and Sok Dara` are three. One that is
 * written with its family name first, `Reyes, Ana`, is found by the last of these, which is the whole.
 */
export function authorsIn(author: string): string[] {
  const names = author.split(betweenNames).map((name) => name.trim())
  return [...new Set([...names, author.trim()])].filter((name) => /\p{L}/u.test(name))
}

/** Commas and semicolons of every script, `&`, and the English word. */
const betweenNames = /[,;&\uFF0C\uFF1B\uFF06\u3001\u060C\u061B\u104A]|\sand\s/iu
