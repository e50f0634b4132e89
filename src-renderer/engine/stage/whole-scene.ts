import { NO_CROP, type Scene } from '@shared/domain/scene.ts'

/** The whole source on the whole canvas, with bars where the shapes differ. */
export function wholeScene(sourceId: string, { width, height }: { width: number; height: number }): Scene {
  const item = { id: 'whole', sourceId, x: 0, y: 0, width, height, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit' as const, crop: NO_CROP }
  return { id: 'single', name: '', background: '#000000', items: [item] }
}
