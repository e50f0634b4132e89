import type { Generation } from '@shared/contracts/shows.ts'
import type { LeftOut } from '@shared/domain/obs-import.ts'
import { show as showSchema, type Show } from '@shared/domain/show.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

/** Shows that are nowhere: one that is open, older states of it, and what an import would leave out. */
export class FakeShows {
  readonly list = new Topic<{ id: string; name: string; savedAtMs: number }[]>([])
  readonly saved: Show[] = []
  generations: Generation[] = []
  leftOut: LeftOut[] = []

  client(first: Show, firstRun: boolean, answer: Answer): Bridge['shows'] {
    return {
      current: (input) => answer('current', input, () => ({ show: first, firstRun })),
      save: (input) => answer('save', { id: input.id }, () => void this.saved.push(showSchema.parse(input))),
      open: (input) => answer('open', input, () => emptyShow(input.showId, 'Opened')),
      create: (input) => answer('create', input, () => emptyShow('created', input.name)),
      duplicate: (input) => answer('duplicate', input, () => ({ ...first, id: 'copy', name: input.name })),
      remove: (input) => answer('remove', input, () => this.list.set(this.list.state.filter(({ id }) => id !== input.showId))),
      generations: (input) => answer('generations', input, () => this.generations),
      restore: (input) => answer('restore', input, () => ({ ...emptyShow(input.showId, 'As it was'), encoding: first.encoding })),
      beginExport: (input) => answer('beginExport', input, () => ({ exportId: 'e', fileName: 'show.castwright.jsonl', parts: 2 })),
      exportPart: (input) => answer('exportPart', input, () => ({ text: `part ${input.part}\n` })),
      importPart: (input) => answer('importPart', { isLast: input.isLast }, () => ({ importId: 'i', show: input.isLast ? emptyShow('imported', 'Imported') : null })),
      importObs: (input) => answer('importObs', { canvas: input.canvas }, () => ({ show: emptyShow('from-obs', 'From OBS'), leftOut: this.leftOut })),
      importText: (input) => answer('importText', {}, () => showSchema.parse(JSON.parse(input.text))),
      exportText: (input) => answer('exportText', input, () => ({ fileName: 'show.json', text: JSON.stringify(first) })),
      addAsset: () => answer('addAsset', {}, () => ({ assetId: 'asset-1' })),
      watch: (_topic, onState) => this.list.watch(onState as never),
    }
  }
}
