import type { Watchdog, WatchedSource } from '../watchdog.ts'

/** A real camera's noise changes with every frame: after so long without a change nothing is captured any more. */
const STILL_MS = 3000

const stands = ({ source, status }: WatchedSource): boolean =>
  source.kind === 'camera' && status.condition === 'active' && (status.vitals?.picture?.stillForMs ?? 0) >= STILL_MS

const alarmOf = ({ source, status }: WatchedSource) => ({ sourceId: source.id, params: { name: source.name }, evidence: status.label })

/** Frames come, and all are the same. */
export const pictureFrozen: Watchdog = {
  name: 'picture-frozen',
  level: 'error',
  look: ({ sources }) => sources.filter((each) => stands(each) && (each.status.frameRate ?? 0) > 0).map(alarmOf),
  remedy: ({ sourceId }, { restartSource }) => void (sourceId !== null && restartSource(sourceId)),
}

/** No frames come, though the device says that it is on: after a sleep, or with a hung driver. */
export const captureDead: Watchdog = {
  name: 'capture-dead',
  level: 'error',
  look: ({ sources }) => sources.filter((each) => stands(each) && (each.status.frameRate ?? 0) === 0).map(alarmOf),
  remedy: ({ sourceId }, { restartSource }) => void (sourceId !== null && restartSource(sourceId)),
}
