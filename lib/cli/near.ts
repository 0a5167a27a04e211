export { near } from '../workload/near';
