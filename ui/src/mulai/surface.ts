import '../shared/font.css';
import { mountSurface } from '../shared/mount_surface';
import './mulai.css';
import StartPage from './StartPage.svelte';

mountSurface(StartPage);
