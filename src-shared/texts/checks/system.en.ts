import type { CheckTexts } from './check-text.ts'

export const SYSTEM_EN = {
  'system.disk': {
    asks: 'Is there room for recordings?',
    findings: {
      enough: { says: 'There are {freeGb} GB free where recordings go.', advice: '' },
      little: { says: 'There are only {freeGb} GB free where recordings go.', advice: 'Make room before a long show, or record to another disk.' },
      none: { says: 'There is hardly any room left where recordings go: {freeGb} GB.', advice: 'Make room, or record to another disk.' },
    },
  },
} as const satisfies CheckTexts
