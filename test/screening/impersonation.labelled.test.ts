import { measureImpersonation } from './measure.ts'

test('of the labelled names, none is read wrongly but these; whoever mends one strikes it out here', () => {
  expect(measureImpersonation().wrong).toEqual([
    'missed: Postbaq',
    'missed: 菅理員',
    'missed: Mod Việt',
    'mistaken: Edito',
    'mistaken: 小編織',
    'mistaken: Max Admin-Not',
  ])
})
