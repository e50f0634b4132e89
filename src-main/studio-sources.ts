import { textFiles } from '@shared/contracts/text-files.ts'
import { webPages } from '@shared/contracts/web-pages.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from './base/clock.ts'
import type { Scope } from './base/scope.ts'
import type { Host } from './host/host.ts'
import { webPageHandlers } from './host/web-page-handlers.ts'
import type { ShowStore } from './shows/show-store.ts'
import { TextFiles } from './text-files/text-files.ts'

/** What main does for sources of the show: the words of files, and web pages where the host draws them. Returns what is served to the page. */
export async function openSources(root: Scope, host: Host, { shows, clock, onFailure }: { shows: ShowStore; clock: Clock; onFailure: (failure: StudioError) => void }) {
  const choose = (): Promise<string | null> => host.chooseFile?.() ?? Promise.reject(new StudioError('not-found', 'this host has no dialog for files'))
  const texts = root.own(await TextFiles.open({ dataDir: host.dataDir, clock, onFailure, choose }))
  root.add(() => texts.settled())
  root.add(shows.list.watch(() => texts.follow(shows.currentShow)))
  return [[textFiles, texts.handlers, { files: texts.files }] as const, [webPages, webPageHandlers(host), {}] as const] as const
}
