/** Every picture is coded, every second or every fourth one. */
export type FrameStep = 1 | 2 | 4

/** Fewer pictures a second than this are no moving picture any more (30 → 15, 25 → 12.5, 60 → 30 → 15). */
const MIN_FRAME_RATE = 12
/** The way back to more pictures begins this far above the rate at which they became fewer. */
const BACK_ABOVE = 1.15

/** How thin the pictures may be made in time. */
export function frameSteps(frameRate: number): FrameStep[] {
  return ([1, 2, 4] as const).filter((step) => step === 1 || frameRate / step >= MIN_FRAME_RATE)
}

/** The least rate at which a picture as good as at the floor is left, kbit/s: the floor, for the fewest pictures. */
export function leastKbps(floorKbps: number, frameRate: number): number {
  return floorKbps / (frameSteps(frameRate).at(-1) ?? 1)
}

/** Which pictures to code at this rate: below the floor fewer, each about as large as at the floor. */
export function frameStepFor(videoKbps: number, floorKbps: number, frameRate: number, before: FrameStep): FrameStep {
  const steps = frameSteps(frameRate)
  const enough = (step: FrameStep) => videoKbps >= (floorKbps / step) * (step < before ? BACK_ABOVE : 1) - 0.5
  return steps.find(enough) ?? steps.at(-1) ?? 1
}
