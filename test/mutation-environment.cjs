const { TestEnvironment } = require('jest-environment-node')

let mutant
let isKilled = false

/**
 * Spares a mutation run what tells it nothing: tests after the one that killed the mutant (Jest cannot stop at a failed
 * test), and those of how much time something takes, for which a run on a shared machine is no place.
 */
module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }) {
    const active = process.env['__STRYKER_ACTIVE_MUTANT__']
    if (name === 'setup' && mutant !== active) {
      mutant = active
      isKilled = false
    }
    if (name === 'test_start' && (isKilled || isAboutTime(test))) test.mode = 'skip'
    if (name === 'test_fn_failure' && mutant !== undefined) isKilled = true
  }
}

function isAboutTime({ name, parent }) {
  return /\bsoon\b|\btime\b|stays cheap/.test(`${parent.name} ${name}`)
}
