import { showToast } from './toasts.ts'

/** Copies a text and says so; `what` names it, such as `Path`. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ title: `${what} copied` })
  } catch {
    showToast({
      kind: 'bad',
      title: `${what} could not be copied`,
      text: 'The clipboard is not available to this window.',
    })
  }
}
