import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The window's pages. The studio itself is always there, behind the others. */
export const PAGES = ['studio', 'recordings', 'statistics', 'diagnostics'] as const
export type Page = (typeof PAGES)[number]

/** Which page is shown, and for *Statistics* what it is about. */
export const useNavigationStore = defineStore('navigation', () => {
  const page = ref<Page>('studio')
  const show = (next: Page): void => {
    page.value = next
  }
  return { page, show }
})
