/** Paths of the mixer's own signs on a 16 x 16 grid, stroked like the window's icons. */
export const SIGNS = {
  solo: 'M11 4.5C10 3.4 6 2.8 5.6 5.2 5.2 8 10.8 7.4 10.6 10.6 10.4 13.4 6 13 4.8 11.4',
  monitor: 'M2.5 10V8a5.5 5.5 0 0 1 11 0v2M2.5 9.5h2v4h-2zM11.5 9.5h2v4h-2z',
  talk: 'M3 11.5h10M5 11.5V8.8a3 3 0 0 1 6 0v2.7M8 2v2.4M6.4 3.2 8 1.8l1.6 1.4',
  loudness: 'M2 8h1.5l1.5-4 2 8 2-10 2 9 1.2-3H14',
} as const
