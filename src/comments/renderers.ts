import { balanceBidi } from './bidi.ts'

/**
 * How a plain text leaves, one function per medium; HTML is in html.ts, mail in mail.ts, CSV in http/csv.ts. Each takes
 * any string, never throws, needs linear time, and is to be called once, on the text as it is stored.
 */

/** A text as the value of an HTML attribute between double quotes (or single ones, or in XML). Nothing is left out. */
export function htmlAttribute(text: string): string {
  return text.replace(specialInAttribute, (special) => `&#${special.charCodeAt(0)};`)
}

/**
 * A text between tags of XML 1.0, as feeds have it. Characters that no XML 1.0 document may hold are left out; half a
 * surrogate pair becomes U+FFFD.
 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(forbiddenInXml, '')
    .replace(specialInXml, (special) => `&#${special.charCodeAt(0)};`)
}

/**
 * A text for somebody's terminal. Nothing in it moves the cursor, changes colours or writes the clipboard: controls but
 * tab and line feed show as pictures (␛), those of the C1 set as U+FFFD. Each line is isolated (FSI, PDI: UAX #9), so that
 * its direction does not reach what is printed around it; and bidi controls without a partner are left out.
 */
export function terminalText(text: string): string {
  const inert = text.toWellFormed().replace(control, pictureOf)
  const lines = balanceBidi(inert).text.split('\n')
  return lines.map((line) => (line === '' ? '' : `\u2068${line}\u2069`)).join('\n')
}

/**
 * A text for a line of a log: in double quotes, on one line, in ASCII wherever a character is not sure to show as
 * itself (controls, invisible and bidi characters, private use, halves of pairs). It is JSON, and `JSON.parse` gives the
 * text back.
 */
export function logText(text: string): string {
  return JSON.stringify(text).replace(unsureInLog, escapedUnits)
}

const specialInAttribute = /[&<>"'`\t\n\r]/g

// A carriage return would be read as a line feed. Quotes are special in attributes only, but escaping them serves both.
const specialInXml = /[&<>"'\r]/g

// XML 1.0, 2.2: Char. Halves of pairs are gone already.
const forbiddenInXml = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g

const control = /[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029]/g

function pictureOf(found: string): string {
  const code = found.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\uFFFD'
}

const unsureInLog = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu

function escapedUnits(found: string): string {
  if (found === ' ') return found
  return Array.from({ length: found.length }, (_, unit) => escapedUnit(found.charCodeAt(unit))).join('')
}

function escapedUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
