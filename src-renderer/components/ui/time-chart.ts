/** One line of a chart over time. */
export interface TimeLine {
  id: string
  /** What the legend calls it. */
  name: string
  colour: '--accent' | '--good' | '--warn' | '--bad' | '--text-quiet'
  dashed?: boolean
  /** One of the chart's scales; absent = the first. */
  scale?: string
}

export interface TimeScale {
  id: string
  /** It reaches at least this far, so that noise around zero looks like noise. */
  atLeast: number
  /** Behind each number of the axis. */
  unit?: string
}
