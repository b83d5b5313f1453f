import './kiosk.css';
import { startSurface } from '../shared/start_surface';
import Kiosk from './Kiosk.svelte';

startSurface(Kiosk);
