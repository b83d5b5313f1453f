import { openPage } from '../shared/open_page';

openPage(() => import('./surface'));
