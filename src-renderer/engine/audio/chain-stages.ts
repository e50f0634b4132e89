import type { SoundFilter } from '@shared/domain/sound-filter.ts'
import { isKernelFilter, type KernelFilter } from './filters/open-kernel.ts'
import type { Strength } from './noise-suppressors.ts'

/** A stretch of filters that one processor computes, or a noise suppressor between two of them. */
export type Stage = { kind: 'kernels'; filters: readonly KernelFilter[]; keys: readonly string[] } | { kind: 'suppressor'; strength: Strength }

/** The filters that are on, in their order, as stages. */
export function stagesOf(filters: readonly SoundFilter[]): Stage[] {
  const stages: Stage[] = []
  let run: KernelFilter[] = []
  const endRun = (): void => {
    if (run.length > 0) stages.push({ kind: 'kernels', filters: run, keys: [...new Set(run.flatMap(keyOf))] })
    run = []
  }
  for (const each of filters) {
    if (!each.enabled) continue
    if (isKernelFilter(each)) run.push(each)
    else {
      endRun()
      stages.push({ kind: 'suppressor', strength: each.strength })
    }
  }
  endRun()
  return stages
}

const keyOf = (filter: KernelFilter): string[] => (filter.kind === 'compressor' && filter.sideChainSourceId !== undefined ? [filter.sideChainSourceId] : [])

/** Equal for two lists that differ in settings alone, which a running chain takes over as it is. */
export const shapeOf = (stages: readonly Stage[]): string =>
  JSON.stringify(stages.map((each) => (each.kind === 'suppressor' ? each.strength : each.filters.map((filter) => [filter.id, filter.kind, ...keyOf(filter)]))))
