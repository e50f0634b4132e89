import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { compareReports } from '@shared/domain/diagnostic-report-compare.ts'
import type { DiagnosticReport } from '@shared/domain/diagnostic-report.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { CheckLanguage } from '@shared/texts/checks/finding-text.ts'
import { useBridge } from '../../base/given.ts'
import { useDiagnosticsStore } from '../../stores/diagnostics-store.ts'
import { useNoticesStore } from '../../stores/notices-store.ts'

export interface ReadableReport {
  report: DiagnosticReport
  /** Markdown. */
  text: string
}

/** This computer's report, as new as what was found, and one of another computer or another day beside it. */
export function useReports() {
  const { locale } = useI18n()
  const bridge = useBridge()
  const notices = useNoticesStore()
  const diagnostics = useDiagnosticsStore()
  const language = computed(() => locale.value as CheckLanguage)
  /** What is sent away names nobody, unless one wants to. */
  const redacted = ref(true)
  const own = shallowRef<ReadableReport | null>(null)
  const importedText = ref('')
  const imported = shallowRef<ReadableReport | null>(null)
  const refused = shallowRef<StudioError | null>(null)
  /** As much left out as in the other one: what one hides would look like a difference. */
  const alike = shallowRef<DiagnosticReport | null>(null)

  const reportOf = (isRedacted: boolean) => notices.guard(() => bridge.diagnostics.report({ redacted: isRedacted, language: language.value }))

  watch([() => diagnostics.run, redacted, language], async () => {
    if (diagnostics.run.running) return
    const made = await reportOf(redacted.value)
    if (made) own.value = made
  }, { immediate: true })

  watch([importedText, language], async ([text]) => {
    if (!text) return
    try {
      imported.value = await bridge.diagnostics.importReport({ text, language: language.value })
      refused.value = null
      alike.value = (await reportOf(imported.value.report.redacted))?.report ?? null
    } catch (thrown) {
      importedText.value = ''
      refused.value = StudioError.from(thrown)
    }
  })

  const comparison = computed(() => (imported.value && alike.value ? compareReports(imported.value.report, alike.value) : null))

  async function read(file: File): Promise<void> {
    refused.value = null
    // Larger ones are refused by main; nobody has to read them for that.
    importedText.value = file.size > 4_000_000 ? ' '.repeat(2_000_001) : await file.text()
  }

  function forget(): void {
    importedText.value = ''
    imported.value = null
    alike.value = null
    refused.value = null
  }

  return { redacted, own, imported, refused, comparison, read, forget }
}
