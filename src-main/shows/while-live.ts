import type { Handlers } from '@shared/contracts/service.ts'
import type { shows } from '@shared/contracts/shows.ts'
import { StudioError } from '@shared/domain/errors.ts'

type ShowHandlers = Handlers<typeof shows>

/**
 * The same service, but nothing that would put another show, or another state of it, before the viewers is done while live:
 * it fails with `not-while-live`. What is edited goes on being saved.
 */
export function refusedWhileLive(handlers: ShowHandlers, isLive: () => boolean): ShowHandlers {
  const refused =
    <I, O>(act: (input: I) => O) =>
    async (input: I): Promise<Awaited<O>> => {
      if (isLive()) throw new StudioError('not-while-live')
      return await act(input)
    }
  const { open, create, duplicate, remove, restore, importText, importPart, importObs } = handlers
  return {
    ...handlers,
    open: refused(open), create: refused(create), duplicate: refused(duplicate), remove: refused(remove), restore: refused(restore),
    importText: refused(importText), importPart: refused(importPart), importObs: refused(importObs),
  }
}
