import { GitBranch } from 'lucide-react'
import { type DatasetTab, switchBranch } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import styles from './branch-gone.module.css'

/** Says that the branch on screen was deleted meanwhile, and leads back to main. */
export function BranchGone({ tab }: { readonly tab: DatasetTab }) {
  return (
    <div className={styles.notice} role="alert">
      <GitBranch aria-hidden />
      <span className={styles.text}>
        <b>Branch {tab.branch} is gone.</b> It was deleted meanwhile, and its versions with it. What is still shown here
        was read before.
      </span>
      <Button onClick={() => void switchBranch(tab.dataset, undefined)}>Show main</Button>
    </div>
  )
}
