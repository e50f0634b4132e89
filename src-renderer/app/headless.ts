import type { Given } from '../base/given.ts'

/** Without a window nobody looks: the engine composes the show as it was saved, and nothing is drawn but the program. */
export async function runHeadless({ bridge, engine }: Given): Promise<void> {
  const { show } = await bridge.shows.current({})
  engine.setShow(show)
  document.title = 'Castwright'
}
