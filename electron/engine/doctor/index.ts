export { createDoctorHandlers } from './handlers.ts'
export { copyReadableTask } from './repair/copy-task.ts'
export { scanTask } from './scan/task.ts'
