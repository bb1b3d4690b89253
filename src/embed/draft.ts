/** What is being written, kept for this tab alone until it is accepted. A browser may refuse to keep anything. */
export interface Draft {
  read: () => Record<string, string>
  keep: (written: Record<string, string>) => void
  drop: () => void
}

export function draftOf(name: string): Draft {
  const drop = () => quietly(() => sessionStorage.removeItem(name))
  return {
    read: () => quietly(() => JSON.parse(sessionStorage.getItem(name) ?? '{}')) ?? {},
    keep: (written) =>
      Object.values(written).some((one) => one !== '')
        ? quietly(() => sessionStorage.setItem(name, JSON.stringify(written)))
        : drop(),
    drop,
  }
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
