import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './toast.module.css'
import { toastManager } from './toasts.ts'

/** Provides the toast list and shows it at the bottom right. */
export function ToastHost({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={toastManager} limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={cx(styles.toast, toast.type === 'bad' && styles.bad, toast.type === 'ok' && styles.ok)}
    >
      <Toast.Content className={styles.content}>
        <div className={styles.texts}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.text} />
          <Toast.Action className={styles.action} />
        </div>
        <Toast.Close className={styles.close} aria-label="Dismiss">
          <X aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
