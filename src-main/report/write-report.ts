import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { UsageError } from '../cli/usage.ts'

/** Refuses a report file that could only fail after the show. Throws UsageError. */
export async function checkReportTarget(target: string): Promise<void> {
  if (target === '-') return
  const path = resolve(target)
  const [file, folder] = await Promise.all([path, dirname(path)].map((each) => stat(each).catch(() => null)))
  if (!folder?.isDirectory()) throw new UsageError(`--report: there is no folder ${dirname(path)}.`)
  if (file?.isDirectory()) throw new UsageError(`--report: ${path} is a folder; give a file.`)
}

/** Writes a report as a whole, or to `out` for `-`. Throws StudioError `folder-not-writable` or `disk-full`. */
export async function writeReport(target: string, value: unknown, out: { write(text: string): unknown }): Promise<void> {
  const text = `${JSON.stringify(value, null, 2)}\n`
  if (target === '-') out.write(text)
  else await writeFileAtomic(resolve(target), text, { mode: 0o644 })
}
