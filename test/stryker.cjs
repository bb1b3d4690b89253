const { tmpdir } = require('node:os')
const path = require('node:path')
const { collectCoverageFrom } = require('./jest.text.cjs')

const rooms = ['comments', 'http', 'screening']

/** Mutation testing of what `npm run coverage:text` covers: docs/mutation.md. */
module.exports = {
  mutate: collectCoverageFrom,
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    configFile: 'test/jest.text.cjs',
    config: {
      moduleNameMapper: {
        '^fast-check$': '<rootDir>/test/mutation-fast-check.mjs',
        '^the-real-fast-check$': path.join(path.dirname(require.resolve('fast-check')), '../fast-check.js'),
      },
      // What lies elsewhere is not searched for tests of a mutant.
      roots: ['src', 'test'].flatMap((tree) => rooms.map((room) => `<rootDir>/${tree}/${room}`)),
      runner: '<rootDir>/test/mutation-runner.cjs',
      testEnvironment: './test/mutation-environment.cjs',
    },
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Each run leaves its modules behind in memory.
  maxTestRunnerReuse: 60,
  // Long enough for a machine that others use as well: who only waits is not killed.
  timeoutMS: 10_000,
  timeoutFactor: 3,
  // Not copied: what no test of texts reads. Stryker would rewrite tsconfig.json, with an interface that TypeScript 7 lacks.
  ignorePatterns: [
    'bench',
    'coverage',
    'dist',
    'docs',
    '.postbag',
    'src/database/generated',
    '**/tsconfig.json',
  ],
  tempDirName: path.join(tmpdir(), 'postbag-mutation'),
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: 'coverage/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
}
