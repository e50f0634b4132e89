/** Gains move over this time: too short to notice, long enough not to click. */
export const RAMP_S = 0.02

/** Moves a gain from wherever it is now, beginning `afterS` seconds from now. */
export function ramp(context: BaseAudioContext, gain: AudioParam, to: number, afterS = 0): void {
  const from = context.currentTime + afterS
  const { value } = gain
  gain.cancelScheduledValues(context.currentTime)
  gain.setValueAtTime(value, context.currentTime)
  gain.setValueAtTime(value, from)
  gain.linearRampToValueAtTime(to, from + RAMP_S)
}
