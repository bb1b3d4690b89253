import { type Figures, measured } from './repeat-figures.ts'
import { labelledPairs } from './sets/repeat.ts'

// Prints how well repeats are found: npx tsx test/screening/measure-repeat.ts

const languages = new Set(labelledPairs.map(({ language }) => language))
process.stdout.write(`${'language'.padEnd(12)}pairs  precision  recall\n`)
for (const language of languages)
  print(language, measured(labelledPairs.filter((pair) => pair.language === language)))
print('all', measured(labelledPairs))

function print(name: string, { pairs, precision, recall }: Figures) {
  const figures = [
    String(pairs).padStart(5),
    precision.toFixed(3).padStart(11),
    recall.toFixed(3).padStart(8),
  ]
  process.stdout.write(name.padEnd(12) + figures.join('') + '\n')
}
