import type { Handlers } from '@shared/contracts/service.ts'
import type { webPages } from '@shared/contracts/web-pages.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Host } from './host.ts'

/** What the page may ask about web pages of the show. */
export function webPageHandlers({ webPages: pages }: Pick<Host, 'webPages'>): Handlers<typeof webPages> {
  return {
    async open(page) {
      if (!pages) throw new StudioError('not-found', 'this host cannot draw web pages')
      return { mediaSourceId: await pages.open(page) }
    },
    close: ({ sourceId }) => pages?.closePage(sourceId),
  }
}
