type Child = Node | string | false | null | undefined

/** An element with attributes (`true` for one without a value; absent where there is none) and children. Never made from HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number | boolean | null | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined)
      made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children.filter((child) => child instanceof Node || typeof child === 'string'))
  return made
}

/** A button that does something. */
export function button(words: string, parts: string, act: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', part: parts, class: parts }, words)
  made.addEventListener('click', act)
  return made
}

/** Shows or hides an element. */
export function show(element: HTMLElement, isShown: boolean): void {
  element.hidden = !isShown
}
