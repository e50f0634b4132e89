/** Takes the focus from panel to panel, in the order of the page; hidden ones are passed over. */
export function cycleDocks(step: 1 | -1): void {
  const docks = [...document.querySelectorAll<HTMLElement>('[data-dock]')].filter((each) => each.checkVisibility())
  if (docks.length === 0) return
  const at = docks.findIndex((each) => each.contains(document.activeElement))
  const next = at < 0 ? (step > 0 ? 0 : docks.length - 1) : at + step
  docks[(next + docks.length) % docks.length]?.focus()
}
