/** The address of a site's page for receipts. */
export function receiptPath(site: string): string {
  return `/${site}/my-comment`
}
