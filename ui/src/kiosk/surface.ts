import './kiosk.css';
import { host } from '../host';
import { startSurface } from '../shared/start_surface';
import Kiosk from './Kiosk.svelte';

host.openDesk?.();
startSurface(Kiosk);
