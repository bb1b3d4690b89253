/** TypeScript 5, whose API version 7 does not have, as it comes with the API of ts-morph: without a `tsc` of its own. */
import morph from '@ts-morph/common'

// oxlint-disable-next-line import/no-default-export -- what stands in for it is imported so
export default morph.ts
