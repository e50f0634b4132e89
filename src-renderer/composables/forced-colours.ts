/** Whether the system chooses the colours: what is drawn, and so not coloured by it, then has to ask for its own. */
export const forcedColours = (): boolean => matchMedia('(forced-colors: active)').matches
