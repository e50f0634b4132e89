/** `npm run setup [start|test|bench]`: gets this checkout ready without starting anything. */
import { requireNode } from './set-up/node-version.mjs'

requireNode()
const { setUp } = await import('./set-up/set-up.mjs')
process.exitCode = await setUp({ purpose: process.argv[2] ?? 'start' })
