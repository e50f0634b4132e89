import type { TOOLS } from '../../stores/drawing-store.ts'

/** Line icons on a 16 x 16 grid: the `d` of one stroked path each. */
export const TOOL_PATHS: Readonly<Record<(typeof TOOLS)[number], string>> = {
  pen: 'M3 13l.6-2.8 7.1-7.1 2.2 2.2-7.1 7.1z',
  highlighter: 'M5.5 9.5 11 3l2.5 2.2-5.5 6.3H5.8zM2.5 13.5h9',
  arrow: 'M3 13 13 3M7.5 3H13v5.5',
  rectangle: 'M2.5 4h11v8h-11z',
  ellipse: 'M8 3.5c3.3 0 6 2 6 4.5s-2.7 4.5-6 4.5S2 10.5 2 8s2.7-4.5 6-4.5z',
  laser: 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M12.2 3.8l-1.4 1.4M5.2 10.8l-1.4 1.4',
  eraser: 'M2.8 9.8 9 3.5l4.2 4.2-5.8 5.8H5.6zM6 6.6l4.2 4.2M7.4 13.5h6',
}
