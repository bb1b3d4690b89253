import { createHash } from 'node:crypto'
import { Problem } from './problems.ts'

/** The strong ETag of a comment's version (RFC 9110 §8.8.3). */
export function versionTag(version: number): string {
  return `"${version}"`
}

/** The strong ETag of an answer: a hash of its bytes. */
export function bytesTag(bytes: string): string {
  return `"${bytesHash(bytes)}"`
}

/** 128 bits of it and more: no two answers have the same by chance, nor by anybody's work. */
export function bytesHash(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
}

/**
 * The version that a moderator has judged, from If-Match (RFC 9110 §13.1.1). Missing, or `*`, is refused with
 * 428: a decision is about one version. A tag that is no version of ours matches none: 0.
 */
export function judgedVersion(ifMatch: string | undefined): number {
  const tag = ifMatch?.trim()
  if (!tag || tag === '*') throw new Problem('precondition_required')
  const version = /^"([1-9]\d{0,8})"$/.exec(tag)?.[1]
  return version === undefined ? 0 : Number(version)
}

/** Whether If-None-Match names this tag: a list, or `*`, by weak comparison (RFC 9110 §13.1.2). */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === tag) return true
  return ifNoneMatch.split(',').some((listed) => {
    const bare = listed.trim().replace(/^W\//, '')
    return bare === '*' || bare === tag
  })
}
