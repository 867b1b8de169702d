import { Toast } from '@base-ui/react/toast'

/** What a toast can carry beside its texts. */
interface ToastRequest {
  readonly title: string
  readonly text?: string
  readonly kind?: 'info' | 'ok' | 'bad'
  readonly action?: { readonly label: string; run(): void }
}

/** The window's one list of toasts, usable outside React. */
export const toastManager = Toast.createToastManager()

/** Shows a short message. Failures stay until closed; others leave by themselves. */
export function showToast({ title, text, kind = 'info', action }: ToastRequest): void {
  const id = toastManager.add({
    title,
    type: kind,
    priority: kind === 'bad' ? 'high' : 'low',
    // What can be taken back stays long enough to be read and thought about.
    timeout: kind === 'bad' ? 0 : action === undefined ? 6000 : 12_000,
    ...(text === undefined ? {} : { description: text }),
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.label,
            onClick: () => {
              // Taken once: an offer that was taken must not be there to be taken again.
              toastManager.close(id)
              action.run()
            },
          },
        }),
  })
}
