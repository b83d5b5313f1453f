import '../shared/tokens.css';
import { startSurface } from '../shared/start_surface';
import Popup from './Popup.svelte';

startSurface(Popup);
