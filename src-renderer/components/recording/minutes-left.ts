/** How the time that is left on the disk looks: a warning at 10 min as main gives one, alarm at 3. */
export function minutesLeftTone(minutes: number | null): 'warn' | 'bad' | '' {
  if (minutes === null || minutes > 10) return ''
  return minutes > 3 ? 'warn' : 'bad'
}
