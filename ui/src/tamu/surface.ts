import { mountSurface } from '../shared/mount_surface';
import './tamu.css';
import { loadFont } from './load_font';
import { keepPage } from './offline/keep_page';
import Tamu from './Tamu.svelte';

mountSurface(Tamu);
keepPage(location.pathname);
loadFont();
