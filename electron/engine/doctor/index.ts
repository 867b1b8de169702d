export { createDoctorHandlers } from './handlers.ts'
