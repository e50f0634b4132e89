import { defineStore } from 'pinia'
import { ref } from 'vue'
import { IMPORT_PART_LENGTH } from '@shared/contracts/shows.ts'
import type { Bridge } from '../../bridge/bridge.types.ts'

/** Called with how much of it is done, percent. */
type Progress = (percent: number) => void

/** A show with its media, as the parts of one file. Rejects with a StudioError. */
export async function exportShow(shows: Bridge['shows'], showId: string, progress: Progress): Promise<{ fileName: string; parts: string[] }> {
  const { exportId, fileName, parts } = await shows.beginExport({ showId })
  const texts: string[] = []
  for (let part = 0; part < parts; part++) {
    texts.push((await shows.exportPart({ exportId, part })).text)
    progress(Math.round(((part + 1) / parts) * 100))
  }
  return { fileName, parts: texts }
}

/** Gives a file to main in pieces; answers the id of the show that it became. Rejects with a StudioError, and then nothing has changed. */
export async function importShow(shows: Bridge['shows'], file: Blob, progress: Progress, pieceLength = IMPORT_PART_LENGTH): Promise<string | null> {
  let importId: string | null = null
  let sent = 0
  const send = async (text: string, isLast: boolean): Promise<string | null> => {
    const answer: Awaited<ReturnType<Bridge['shows']['importPart']>> = await shows.importPart({ importId, text, isLast })
    importId = answer.importId
    sent += text.length
    progress(Math.min(100, Math.round((sent / Math.max(1, file.size)) * 100)))
    return answer.show?.id ?? null
  }
  let waiting = ''
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return await send(waiting, true)
      waiting += value
      while (waiting.length > pieceLength) {
        await send(waiting.slice(0, pieceLength), false)
        waiting = waiting.slice(pieceLength)
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** What is being done with a file, and how far it is; one at a time, null = nothing. */
export const useFileProgress = defineStore('fileProgress', () => {
  const working = ref<{ what: 'import' | 'export'; percent: number } | null>(null)
  async function during<T>(what: 'import' | 'export', act: (progress: Progress) => Promise<T>): Promise<T | undefined> {
    if (working.value) return undefined
    working.value = { what, percent: 0 }
    try {
      return await act((percent) => (working.value = { what, percent }))
    } finally {
      working.value = null
    }
  }
  return { working, during }
})
