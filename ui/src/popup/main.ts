import { mulai } from '../shared/mulai';
import Popup from './Popup.svelte';

mulai(Popup);
