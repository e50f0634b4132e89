import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import { useEngine } from '../base/given.ts'
import type { Devices } from '../engine/engine.types.ts'
import { useNoticesStore } from './notices-store.ts'

/** What the engine tells in small snapshots. Meters go straight to their canvases, not through here. */
export const useEngineStore = defineStore('engine', () => {
  const engine = useEngine()
  const notices = useNoticesStore()
  const devices = ref<Devices>({ cameras: [], microphones: [], speakers: [] })
  const sources = ref<readonly SourceStatus[]>([])
  const figures = ref<ProgramFigures | null>(null)
  const statusOf = computed(() => new Map(sources.value.map((each) => [each.sourceId, each])))

  engine.onDevices((next) => {
    devices.value = next
  })
  engine.onSources((next) => {
    sources.value = next
  })
  engine.onFigures((next) => {
    figures.value = next
  })

  const unlockDevices = () => notices.guard(() => engine.unlockDevices())
  const restart = (sourceId: string) => notices.guard(() => engine.restartSource(sourceId))
  const chooseScreen = (sourceId: string) => notices.guard(() => engine.chooseScreen(sourceId))

  return { devices, sources, figures, statusOf, unlockDevices, restart, chooseScreen }
})
