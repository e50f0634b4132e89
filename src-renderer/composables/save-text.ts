/** Hands a text, or the parts of one, to the user as a file, by the browser's own way of saving. */
export function saveText(fileName: string, text: string | string[], mimeType = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text].flat(), { type: mimeType }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
