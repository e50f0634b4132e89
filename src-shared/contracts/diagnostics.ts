import { z } from 'zod'
import { checkDescription, diagnosticOptions, diagnosticRun, finding } from '../domain/diagnostics.ts'
import { diagnosticReport } from '../domain/diagnostic-report.ts'
import { lineToWatch, watchedLine } from '../domain/network-line.ts'
import { channelDescription } from '../diagnostics/channel-messages.ts'
import { call, nothing, service } from './service.ts'

/** A check that main wants the page to carry out. */
export const wantedCheck = z.object({ id: z.string().max(100), name: z.string().max(100), options: diagnosticOptions })
export type WantedCheck = z.infer<typeof wantedCheck>

const language = z.enum(['en', 'zh-CN'])
/** A report, and the same as a page to read (Markdown). */
const readableReport = z.object({ report: diagnosticReport, text: z.string() })

/** Devices, environment and line, looked at. Main owns the run; the page carries out what only a page can see. */
export const diagnostics = service('diagnostics', {
  calls: {
    /**
     * Runs these checks (by name, or all of a group as `group:camera`) in place of the run before. Fails with `input-invalid` for a
     * name that nobody knows, and with `not-while-live` during a show unless the user has agreed to `while-live`.
     */
    run: call(z.object({ checks: z.array(z.string().max(100)).min(1).max(200), options: diagnosticOptions }), z.object({ runId: z.string() })),
    /** What runs ends within 2 s, what waits is skipped. */
    cancel: call(z.object({}), nothing),
    /** What the user answered to a question that only eyes and ears can answer; takes its place in the run. */
    answer: call(z.object({ check: z.string().max(100), finding }), nothing),
    /** The newest finding of each check since the studio was opened. `redacted`: only what an allow-list names, to be sent to others. */
    report: call(z.object({ redacted: z.boolean(), language }), readableReport),
    /** Somebody else's report. Fails with `report-unreadable`; above 2 MB, too. */
    importReport: call(z.object({ text: z.string(), language }), readableReport),
    /** Watches a line until told to stop, in place of the one watched before: fails with `address-invalid`, `not-found` or what the test server has against it. */
    watchLine: call(lineToWatch, nothing),
    stopWatching: call(z.object({}), nothing),
    /** Spoken by the page: what it can check. A page that is not the studio's window says nothing. */
    announce: call(z.object({ checks: z.array(checkDescription).max(200) }), nothing),
    /** Spoken by the page: how a wanted check gets on. */
    progress: call(z.object({ id: z.string().max(100), fraction: z.number(), live: z.record(z.string(), z.json()).optional() }), nothing),
    /**
     * Spoken by the page: the answer of a test server to the offer of a data channel. Only for the server that the options of a
     * wanted check name (`input-invalid`); else what the server has against it.
     */
    exchangeOffer: call(channelDescription.extend({ server: z.string().max(2000) }), channelDescription),
    /** Spoken by the page: what a wanted check found. */
    found: call(z.object({ id: z.string().max(100), finding }), nothing),
  },
  topics: {
    /** All checks that there are now, in order. */
    checks: z.array(checkDescription),
    run: diagnosticRun,
    /** A point a second. */
    line: watchedLine,
    /** For the page: what it shall carry out now; one that is gone from here is called off. */
    wanted: z.array(wantedCheck),
  },
})
