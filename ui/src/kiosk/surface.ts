import './kiosk.css';
import { mulai } from '../shared/mulai';
import Kiosk from './Kiosk.svelte';

mulai(Kiosk);
