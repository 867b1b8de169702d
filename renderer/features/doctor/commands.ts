import { activeTab, type Command, showView } from '#renderer/features/workspace/index.ts'
import { startCheck } from './state/runs.ts'

/** Checking the dataset in front, from anywhere. */
export function doctorCommands(): readonly Command[] {
  const tab = activeTab()
  const check = (deep: boolean) => () => {
    if (tab === undefined) return
    showView(tab.dataset, 'doctor')
    void startCheck(tab.location, deep)
  }
  const isAvailable = (): boolean => tab !== undefined
  return [
    { id: 'doctor.check', title: 'Doctor: check the dataset', group: 'Doctor', isAvailable, run: check(false) },
    {
      id: 'doctor.check-deep',
      title: 'Doctor: check the dataset deeply',
      group: 'Doctor',
      isAvailable,
      run: check(true),
    },
  ]
}
