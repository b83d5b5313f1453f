import { buka } from '../shared/buka';

buka(() => import('./surface'));
