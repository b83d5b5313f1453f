import { startSurface } from '../shared/start_surface';
import './guru.css';
import Guru from './Guru.svelte';

startSurface(Guru);
